import { type Architecture, tensorsOf } from '../resnet/architecture.ts';

/** Weights and inputs that follow from an integer hash, so that torch and we have the same bits (reference/deep/SOURCE.md). */
function unit(seed: number, name: string, count: number): Float64Array {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  const start = (hash ^ Math.imul(seed, 0x9e3779b9)) >>> 0;
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = (Math.imul(i, 0x9e3779b1) + start) >>> 0;
    x = Math.imul(x ^ (x >>> 16), 0x7feb352d) >>> 0;
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b) >>> 0;
    values[i] = ((x ^ (x >>> 16)) >>> 8) / 2 ** 24;
  }
  return values;
}

/** The formula's state dict of an architecture. */
export function formulaWeights(architecture: Architecture, seed: number): ReadonlyMap<string, Float32Array> {
  return new Map(
    tensorsOf(architecture).map(({ name, shape }) => {
      const u = unit(
        seed,
        name,
        shape.reduce((product, size) => product * size, 1),
      );
      const bound = Math.sqrt(6 / shape.slice(1).reduce((product, size) => product * size, 1));
      const value = (x: number): number => {
        if (name.endsWith('running_var')) return 0.5 + x;
        if (name.endsWith('running_mean') || name.endsWith('bias')) return 0.2 * (2 * x - 1);
        if (shape.length === 1) return (name.endsWith('bn3.weight') ? 0.3 : 0.8) + 0.4 * x;
        return bound * (2 * x - 1);
      };
      return [name, Float32Array.from(u, value)] as const;
    }),
  );
}

/** The formula's input picture [3, side, side]. */
export function formulaInput(seed: number, index: number, side: number): Float32Array {
  const area = side * side;
  const u = unit(seed, `input.${index}`, 3 * area);
  return Float32Array.from(u, (x, at) => {
    const channel = Math.floor(at / area);
    const dy = (Math.floor((at % area) / side) - side * (0.35 + 0.1 * index)) / side;
    const dx = ((at % side) - side * (0.6 - 0.1 * index)) / side;
    return 2 * x - 1 + (1.5 / (1 + 8 * (dy * dy + dx * dx))) * [1, 0.75, 0.5][channel]!;
  });
}

/** Largest difference relative to the largest value, as the reference's tolerances are meant. */
export function relativeToLargest(values: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  let difference = values.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!));
    difference = Math.max(difference, Math.abs(values[i]! - expected[i]!));
  }
  return difference / largest;
}
