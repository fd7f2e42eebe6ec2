import { type Progress, SentinodeError } from '@sentinode/core';
import { isIbsi, type ResponseMap, responseMaps } from '@sentinode/radiomics';
import { ENGINE_VERSION, NOTICE, readNamedVolume } from '@sentinode/study';
import { terminalProgress } from '../../terminal/progress.ts';
import type { Session } from '../command.ts';
import { endingOf, writeMapFolder } from './map-folder.ts';
import type { ExtractOptions } from './options.ts';
import { settingsOf, volumeFile } from './settings.ts';

/**
 * The images that an IBSI extraction measures in a folder: the interpolated image and the response of each filter. They
 * are of the whole image, so no mask takes part.
 * @throws SentinodeError `usage` for the other standard
 */
export async function extractResponses(
  image: string,
  options: ExtractOptions,
  session: Session,
): Promise<number> {
  const ending = endingOf(options.format);
  const settings = await settingsOf(options);
  if (!isIbsi(settings))
    throw new SentinodeError(
      'usage',
      '--response-maps writes what the filters of IBSI give: name them in a parameter file with "standard: ibsi" and "filters".',
      { field: '--response-maps' },
    );
  const source = await volumeFile(image, 'image');
  const volume = await readNamedVolume(source);
  const display = terminalProgress(session.global.quiet);
  try {
    const list = (names: readonly string[]): object => ({
      notice: NOTICE,
      engine: ENGINE_VERSION,
      maps: names,
      settings,
    });
    const names = await writeMapFolder(
      options.out,
      ending,
      shown(responseMaps(volume, settings), settings.filters.length, display.progress),
      list,
      session.signal,
    );
    display.end();
    session.remark(`${names.length} response maps written to ${options.out}. ${NOTICE}`);
    return 0;
  } finally {
    display.end();
  }
}

function* shown(maps: Iterable<ResponseMap>, total: number, progress: Progress): Generator<ResponseMap> {
  let done = 0;
  for (const one of maps) {
    yield one;
    progress({ stage: 'response maps', done: ++done, total });
  }
}
