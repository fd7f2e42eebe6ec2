import type { Geometry } from '../volume.ts';

/** A number with up to six significant digits, without trailing zeros. */
function short(value: number): string {
  return String(Number(value.toPrecision(6)) + 0);
}

/**
 * A grid in words, for messages: `256 x 256 x 120 voxels, 0.8 x 0.8 x 2 mm, origin (-100, -90.5, 12)`, followed by
 * the axis directions unless they are the patient's own (left, posterior, superior).
 */
export function describeGeometry({ size, spacing, origin, direction }: Geometry): string {
  const text = `${size.join(' x ')} voxels, ${spacing.map(short).join(' x ')} mm, origin (${origin.map(short).join(', ')})`;
  const straight = direction.every((cosine, at) => Math.abs(cosine - (at % 4 === 0 ? 1 : 0)) < 1e-9);
  if (straight) return text;
  const axes = [0, 1, 2].map((k) => `(${[0, 3, 6].map((row) => short(direction[row + k]!)).join(', ')})`);
  return `${text}, axes ${axes.join(' ')}`;
}
