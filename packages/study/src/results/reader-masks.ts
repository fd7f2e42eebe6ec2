import { mean, quantileOfSorted, standardDeviation } from '@sentinode/statistics';

/** Spread of a measure over images. */
export interface Spread {
  readonly mean: number;
  /** null for a single image. */
  readonly sd: number | null;
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
  readonly minimum: number;
}

/** How far the masks of both readers agree on some images. */
export interface ReaderMaskGroup {
  readonly by: 'all' | 'sequence' | 'visit' | 'visit and sequence';
  readonly name: string;
  readonly images: number;
  readonly dice: Spread;
  /** Millimetres. */
  readonly hausdorff95: Spread;
  /** Second reader's volume minus the first's, in per cent of their mean. */
  readonly volumeDifference: Spread;
}

/** Agreement of the readers' masks, images of training patients. */
export interface ReaderMasks {
  readonly readers: readonly [string, string];
  readonly patients: number;
  readonly groups: readonly ReaderMaskGroup[];
}

/** One image with what both readers drew. */
export interface ComparedMasks {
  readonly patient: string;
  readonly visit: string;
  readonly sequence: string;
  readonly dice: number;
  readonly hausdorff95: number;
  readonly volumeDifference: number;
}

/** Summarises compared masks over all images, by sequence, by visit, and by both. */
export function summariseReaderMasks(
  compared: readonly ComparedMasks[],
  readers: readonly [string, string],
): ReaderMasks {
  const groups = divisions.flatMap(({ by, nameOf }) => {
    const names = [...new Set(compared.map(nameOf))];
    return names.map((name): ReaderMaskGroup => {
      const members = compared.filter((one) => nameOf(one) === name);
      const spread = (of: (one: ComparedMasks) => number): Spread => spreadOf(members.map(of));
      return {
        by,
        name,
        images: members.length,
        dice: spread((one) => one.dice),
        hausdorff95: spread((one) => one.hausdorff95),
        volumeDifference: spread((one) => one.volumeDifference),
      };
    });
  });
  return { readers, patients: new Set(compared.map(({ patient }) => patient)).size, groups };
}

const divisions: readonly {
  readonly by: ReaderMaskGroup['by'];
  readonly nameOf: (one: ComparedMasks) => string;
}[] = [
  { by: 'all', nameOf: () => 'all images' },
  { by: 'sequence', nameOf: ({ sequence }) => sequence },
  { by: 'visit', nameOf: ({ visit }) => visit },
  { by: 'visit and sequence', nameOf: ({ visit, sequence }) => `${visit} ${sequence}` },
];

function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  return {
    mean: mean(values),
    sd: values.length < 2 ? null : standardDeviation(values),
    median: quantileOfSorted(sorted, 0.5),
    q1: quantileOfSorted(sorted, 0.25),
    q3: quantileOfSorted(sorted, 0.75),
    minimum: sorted[0]!,
  };
}
