import { SentinodeError } from '@sentinode/core';
import { type LabelDescription, labelNamed, parseLabelDescriptions } from '@sentinode/volume';
import { readIfThere, readUserFile } from './read-file.ts';

const ENDING = /\.(?:nii\.gz|nii|nrrd|nhdr|mha|mhd|hdr|img)$/i;

/**
 * Names of the labels of a mask: of the label description file given, else of `<mask>.labels.txt` beside it, as `import`
 * writes it; empty where there is none.
 * @throws SentinodeError `file-missing`, `file-syntax`
 */
export async function labelNames(mask: string | undefined, given?: string): Promise<LabelDescription[]> {
  const file = given ?? (mask === undefined ? undefined : `${mask.replace(ENDING, '')}.labels.txt`);
  if (file === undefined) return [];
  const bytes =
    given === undefined ? await readIfThere(file) : await readUserFile(file, 'label description file');
  return bytes === undefined ? [] : parseLabelDescriptions(new TextDecoder().decode(bytes), file);
}

/** A label as a user writes it: its number, or a name that {@link labelNames} of the mask knows. */
export interface LabelChoice {
  readonly text: string | undefined;
  readonly mask?: string;
  /** Label description file that the user named. */
  readonly labels?: string;
}

/**
 * The number of a label; undefined where nothing is written.
 * @throws SentinodeError `usage` for a number that is no label, `mask-label` for an unknown name
 */
export async function chosenLabel({ text, mask, labels }: LabelChoice): Promise<number | undefined> {
  const wanted = text?.trim() ?? '';
  if (wanted === '') return undefined;
  if (/^[1-9]\d{0,8}$/.test(wanted)) return Number(wanted);
  if (/^[-+]?[\d.,]+$/.test(wanted))
    throw new SentinodeError('usage', `A label is a whole number from 1 or a name, not "${wanted}".`, {
      field: 'Label',
    });
  return labelNamed(await labelNames(mask, labels), wanted);
}
