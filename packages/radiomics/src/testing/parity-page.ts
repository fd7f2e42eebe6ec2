import { illConditioned } from './ill-conditioned.ts';

/** What the comparison of one file with the reference found. */
export interface ParityRow {
  /** Folder of the values. */
  readonly name: string;
  readonly file: string;
  readonly count: number;
  readonly largest: number;
  readonly largestName: string;
  readonly onFloor: number;
}

const line = (...cells: readonly (string | number)[]): string =>
  `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;

const sum = (rows: readonly ParityRow[], of: 'count' | 'onFloor'): number =>
  rows.reduce((total, row) => total + row[of], 0);

/** Differences are printed as the power of ten that they stay below: the page is the same on every machine. */
function below(difference: number): string {
  if (difference === 0) return 'equal';
  let power = -17;
  while (difference > Number(`1e${power}`)) power++;
  return `< 1e${power}`;
}

/** The page that says how the features compare with PyRadiomics, file by file. */
export function parityPage(rows: readonly ParityRow[], relative: number): string {
  const largest = rows.reduce((most, row) => (row.largest > most.largest ? row : most), rows[0]!);
  return [
    '<!-- Printed by the comparison with PyRadiomics (`npm run docs`); do not edit. -->',
    '# Features compared with PyRadiomics',
    '',
    `${rows.length} settings with ${sum(rows, 'count')} values of PyRadiomics (3.1.0 and 3.0.1, which give the same numbers) are recomputed by the tests. Every value is within ${relative} of the reference relative to it, or on a floor of the table below (${sum(rows, 'onFloor')} values). Largest relative difference: ${below(largest.largest)} (${largest.largestName}, ${largest.file}).`,
    '',
    '## Floors',
    '',
    'Values that are rounding noise may differ by this much; the floor holds only for values of that size.',
    '',
    line('features', 'absolute', 'why'),
    line('---', '---', '---'),
    ...illConditioned.map(({ feature, absolute, reason }) => line(`\`${feature.source}\``, absolute, reason)),
    '',
    '## Where rounding decides in the reference',
    '',
    '- LBP3D: patterns that are rotations of each other have strengths that differ in the last bit. Whether they count as inside the 10th to 90th percentile (RobustMeanAbsoluteDeviation), or fall on one side of an edge that is one of these values (binCount), is a matter of rounding there; such values can differ from ours.',
    "- Where the second eigenvalue of glcm's Q is 0 in a direction (few levels, symmetricalGLCM false), the reference takes the root of its rounding: +1e-17 counts as 3e-9, -1e-17 leaves the direction out of the mean of MCC. Here it is 0.",
    "- Along an axis of two voxels ITK's B-spline of order 3 (of three voxels, of order 5) reads memory outside the image; here the image is mirrored there.",
    '- Wavelet bands and LoG of constant parts hold values of 1e-10 and 1e-8 that are rounding alone, and so are statistics of nothing but these.',
    '- LBP2D with `var` and LBP3D kurtosis have no value where all neighbours are equal. PyRadiomics ignores such voxels in some features, fails in others; here the features of that image are empty, with the reason.',
    '',
    '## Settings',
    '',
    line('values of', 'setting and phantom', 'values', 'largest relative difference', 'on a floor'),
    line('---', '---', '---', '---', '---'),
    ...rows.map((row) => line(row.name, row.file, row.count, below(row.largest), row.onFloor)),
    '',
  ].join('\n');
}
