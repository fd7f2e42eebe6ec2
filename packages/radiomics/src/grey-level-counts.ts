import type { FeatureVector, UnusualLevels } from './feature-vector.ts';

/** Image types that a summary names; the others are counted. */
const NAMED = 3;

/**
 * One sentence on the grey levels of many regions, for whoever chooses bin widths: on which image types they are
 * outside the usual range, most regions first, with medians. Undefined where all are inside.
 */
export function summariseGreyLevels(
  vectors: readonly Pick<FeatureVector, 'unusualLevels'>[],
): string | undefined {
  const byImage = new Map<string, UnusualLevels[]>();
  for (const { unusualLevels = [] } of vectors)
    for (const one of unusualLevels) {
      const found = byImage.get(one.image);
      if (found === undefined) byImage.set(one.image, [one]);
      else found.push(one);
    }
  if (byImage.size === 0) return undefined;
  const ordered = [...byImage].sort(([, a], [, b]) => b.length - a.length);
  const parts = ordered.slice(0, NAMED).map(([image, found]) => {
    const widths = found.flatMap(({ binWidth }) => (binWidth === null ? [] : [binWidth]));
    const advice = widths.length === 0 ? 'flat' : `binWidth ${median(widths)} gives 32`;
    const where = `${found.length} of ${vectors.length} regions`;
    return `${image} ${median(found.map(({ levels }) => levels))} (${where}; ${advice})`;
  });
  const others =
    ordered.length > NAMED
      ? `, and ${ordered.length - NAMED} more image type${ordered.length - NAMED === 1 ? '' : 's'}`
      : '';
  return `Grey levels outside the usual 16 to 128, medians: ${parts.join(', ')}${others}. Each image type may have a binWidth of its own.`;
}

/** The upper one of an even number. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
