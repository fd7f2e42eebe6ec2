import { SentinodeError } from '@sentinode/core';

/** The name of a label, as a label description file of ITK-SNAP gives it. */
export interface LabelDescription {
  readonly label: number;
  readonly name: string;
}

/** Index, red, green, blue, opacity, visible, shown as a surface, and the name in quotation marks. */
const LINE = /^(\d+)\s+\d+\s+\d+\s+\d+\s+[\d.eE+-]+\s+\d+\s+\d+\s+"(.*)"$/;

/** Colours of the first labels, as ITK-SNAP gives them; later ones begin again. */
const colours = [
  '255    0    0',
  '  0  255    0',
  '  0    0  255',
  '255  255    0',
  '  0  255  255',
  '255    0  255',
];

/**
 * Reads a label description file of ITK-SNAP (`Segmentation > Save Label Descriptions`). Label 0, what is not marked,
 * is left out.
 * @throws SentinodeError `file-syntax` with the line for one that describes no label, or a label twice
 */
export function parseLabelDescriptions(text: string, file: string): LabelDescription[] {
  const found = new Map<number, string>();
  for (const [at, whole] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const content = whole.trim();
    if (content === '' || content.startsWith('#')) continue;
    const parts = LINE.exec(content);
    if (parts === null)
      throw new SentinodeError(
        'file-syntax',
        'The line describes no label: ITK-SNAP writes seven numbers (index, red, green, blue, opacity, visible, surface) and a name in quotation marks. Give the file of Segmentation > Save Label Descriptions.',
        { file, line: at + 1 },
      );
    const label = Number(parts[1]);
    if (found.has(label))
      throw new SentinodeError('file-syntax', `Label ${label} is described twice; leave one of both lines.`, {
        file,
        line: at + 1,
      });
    found.set(label, parts[2]!.trim());
  }
  found.delete(0);
  return [...found].map(([label, name]) => ({ label, name }));
}

/** Writes a label description file that ITK-SNAP reads. */
export function writeLabelDescriptions(descriptions: readonly LabelDescription[]): string {
  const lines = descriptions.map(
    ({ label, name }) =>
      `${String(label).padStart(5)}   ${colours[(label - 1) % colours.length]}        1  1  1    "${name === '' ? `region ${label}` : name}"`,
  );
  const clear = '    0     0    0    0        0  0  0    "Clear Label"';
  return `# ITK-SnAP Label Description File\n${[clear, ...lines].join('\n')}\n`;
}

/**
 * The label that has a name; capital letters make no difference.
 * @throws SentinodeError `mask-label` where none or several have it
 */
export function labelNamed(descriptions: readonly LabelDescription[], name: string): number {
  const wanted = name.trim().toLowerCase();
  const fitting = descriptions.filter((one) => one.name.toLowerCase() === wanted);
  if (fitting.length === 1) return fitting[0]!.label;
  const known = descriptions
    .slice(0, 12)
    .map(({ label, name: own }) => `${label} "${own}"`)
    .join(', ');
  throw new SentinodeError(
    'mask-label',
    fitting.length > 1
      ? `Labels ${fitting.map(({ label }) => label).join(' and ')} are both named "${name}". Give the number of the one that is meant.`
      : descriptions.length === 0
        ? `No file describes the labels of the mask, so that "${name}" names none. Give the number of the label, or the label description file of ITK-SNAP.`
        : `No label is named "${name}"; described are ${known}${descriptions.length > 12 ? ' and more' : ''}. Choose one of these, or give the number.`,
  );
}
