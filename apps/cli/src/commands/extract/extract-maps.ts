import { type Progress, SentinodeError, type Warning } from '@sentinode/core';
import { type ExtractionSettings, type FeatureMap, featureMaps, isIbsi } from '@sentinode/radiomics';
import { ENGINE_VERSION, NOTICE, type ReadCase } from '@sentinode/study';
import { terminalProgress } from '../../terminal/progress.ts';
import type { Session } from '../command.ts';
import { endingOf, writeMapFolder } from './map-folder.ts';
import { openCase } from './one-case.ts';
import type { ExtractOptions } from './options.ts';

/** Feature maps of one case in a folder, one file per feature. @throws SentinodeError `usage` for the standard ibsi */
export async function extractMaps(
  image: string,
  mask: string,
  options: ExtractOptions,
  session: Session,
): Promise<number> {
  const ending = endingOf(options.format);
  const { found, settings } = await openCase(image, mask, options);
  if (isIbsi(settings))
    throw new SentinodeError(
      'usage',
      'IBSI defines features of a region, not of each voxel: --voxel makes maps by the definitions of PyRadiomics. For the images that IBSI filters give, take --response-maps.',
      { field: '--voxel' },
    );
  const display = terminalProgress(session.global.quiet);
  const warnings: Warning[] = [];
  try {
    const maps = mapsOf(found, settings, display.progress, warnings);
    const list = (names: readonly string[]): object => listOf(names, warnings, settings);
    const names = await writeMapFolder(options.out, ending, maps, list, session.signal);
    display.end();
    for (const { code, message } of warnings) session.remark(`warning [${code}]: ${message}`);
    session.remark(`${names.length} feature maps written to ${options.out}. ${NOTICE}`);
    return 0;
  } catch (error) {
    throw found.named(error);
  } finally {
    display.end();
  }
}

/** Only the maps of one class are held at a time. */
function* mapsOf(
  { image, mask }: ReadCase,
  settings: ExtractionSettings,
  progress: Progress,
  warnings: Warning[],
): Generator<FeatureMap | undefined> {
  const steps = featureMaps(image, mask, settings);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) {
      warnings.push(...step.value);
      return;
    }
    if (step.value.kind === 'progress') {
      progress(step.value);
      yield undefined;
    } else yield step.value;
  }
}

function listOf(maps: readonly string[], warnings: readonly Warning[], given: ExtractionSettings): object {
  const { configuration, voxel, ...settings } = given;
  const initValue = Number.isNaN(voxel.initValue) ? null : voxel.initValue;
  return { notice: NOTICE, engine: ENGINE_VERSION, maps, warnings, voxel: { ...voxel, initValue }, settings };
}
