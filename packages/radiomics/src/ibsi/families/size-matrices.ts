import type { SizeMatrix } from '../../features/size-matrix.ts';

/** Sum of matrices of counts. */
export function addMatrices(parts: readonly SizeMatrix[]): SizeMatrix {
  if (parts.length === 1) return parts[0]!;
  const counts = new Map<number, number>();
  let span = 1;
  for (const { sizes } of parts) for (const size of sizes) span = Math.max(span, size + 1);
  for (const part of parts) {
    for (let k = 0; k < part.counts.length; k++) {
      const key = part.levels[k]! * span + part.sizes[k]!;
      counts.set(key, (counts.get(key) ?? 0) + part.counts[k]!);
    }
  }
  const keys = Float64Array.from(counts.keys()).sort();
  return {
    levels: Float64Array.from(keys, (key) => Math.floor(key / span)),
    sizes: Float64Array.from(keys, (key) => key % span),
    counts: Float64Array.from(keys, (key) => counts.get(key)!),
  };
}
