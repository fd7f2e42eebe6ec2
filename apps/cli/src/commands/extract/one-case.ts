import type { ExtractionSettings } from '@sentinode/radiomics';
import { type ReadCase, readCase } from '@sentinode/study';
import type { ExtractOptions } from './options.ts';
import { labelOf, pyradiomicsSettingsOf, volumeFile } from './settings.ts';

/**
 * Image, region and settings of the one case that a user named, for what is of PyRadiomics' definitions only.
 * @param flag option that asks for it, for errors
 * @throws SentinodeError `not-built` for the other standard, and those of reading files and settings
 */
export async function openCase(
  image: string,
  mask: string,
  options: ExtractOptions,
  flag: string,
): Promise<{ found: ReadCase; settings: ExtractionSettings }> {
  const given = await pyradiomicsSettingsOf(options, flag);
  const label = labelOf(options.label, given.label);
  const settings = { ...given, label };
  const found = await readCase({
    image: await volumeFile(image, 'image'),
    masks: [await volumeFile(mask, 'mask')],
    settings,
    region: { lesions: 'union', label },
    otherGrid: true,
  });
  return { found, settings };
}
