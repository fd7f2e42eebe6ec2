import type { Protocol } from '@sentinode/radiomics';
import { type ReadCase, readCase } from '@sentinode/study';
import { chosenLabel } from '../../adapters/files/label-names.ts';
import type { ExtractOptions } from './options.ts';
import { settingsOf, volumeFile } from './settings.ts';

/**
 * Image, region and settings of the one case that a user named.
 * @throws SentinodeError of reading files and settings
 */
export async function openCase(
  image: string,
  mask: string,
  options: ExtractOptions,
): Promise<{ found: ReadCase; settings: Protocol }> {
  const given = await settingsOf(options);
  const label = (await chosenLabel({ text: options.label, mask, labels: options.labels })) ?? given.label;
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
