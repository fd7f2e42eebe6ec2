// AssemblyScript: the loops over the padded level volume, on raw addresses. Levels and bins are u16, positions and
// steps i32 counted in voxels, counts u32. The plain TypeScript of each stands in `features/*/matrix.ts`.

/** A vector of eight levels. */
// @ts-expect-error: decorator
@inline
function eight(at: usize): v128 {
  return v128.load(at);
}

/**
 * For every position in [from, to): how many of its neighbours have its level, how many are in the region, and the sum
 * of their bins. Eight positions at a time, those outside the region along with the others.
 */
export function neighbours(
  levels: usize,
  bins: usize,
  from: i32,
  to: i32,
  steps: usize,
  stepCount: i32,
  equal: usize,
  joined: usize,
  sums: usize,
): void {
  const none = i16x8.splat(0);
  for (let p = from; p < to; p += 8) {
    const at = levels + (<usize>p << 1);
    const atBins = bins + (<usize>p << 1);
    const own = eight(at);
    let same = none;
    let some = none;
    let sum = none;
    for (let d = 0; d < stepCount; d++) {
      const step = <usize>(load<i32>(steps + (<usize>d << 2)) << 1);
      const other = eight(at + step);
      // a comparison that holds is -1
      same = i16x8.sub(same, i16x8.eq(other, own));
      some = i16x8.sub(some, i16x8.ne(other, none));
      sum = i16x8.add(sum, eight(atBins + step));
    }
    const offset = <usize>(p - from) << 1;
    v128.store(equal + offset, same);
    v128.store(joined + offset, some);
    v128.store(sums + offset, sum);
  }
}

/** Adds each voxel to its row `level` and column `1 + equal` of a table of u32. */
export function dependences(
  levels: usize,
  voxels: usize,
  voxelCount: i32,
  from: i32,
  equal: usize,
  table: usize,
  width: i32,
): void {
  for (let v = 0; v < voxelCount; v++) {
    const p = load<i32>(voxels + (<usize>v << 2));
    const level = <i32>load<u16>(levels + (<usize>p << 1));
    const column = 1 + <i32>load<u16>(equal + (<usize>(p - from) << 1));
    const cell = table + (<usize>(level * width + column) << 2);
    store<u32>(cell, load<u32>(cell) + 1);
  }
}

/** By level: voxels, those with a neighbour, and the sum of |bin - mean bin of the neighbours| in the voxels' order. */
export function tones(
  levels: usize,
  bins: usize,
  voxels: usize,
  voxelCount: i32,
  from: i32,
  joined: usize,
  sums: usize,
  count: usize,
  withNeighbour: usize,
  difference: usize,
): void {
  for (let v = 0; v < voxelCount; v++) {
    const p = load<i32>(voxels + (<usize>v << 2));
    const level = <usize>load<u16>(levels + (<usize>p << 1)) << 3;
    const offset = <usize>(p - from) << 1;
    store<f64>(count + level, load<f64>(count + level) + 1);
    const some = load<u16>(joined + offset);
    if (some == 0) continue;
    store<f64>(withNeighbour + level, load<f64>(withNeighbour + level) + 1);
    const bin = <f64>load<u16>(bins + (<usize>p << 1));
    const mean = <f64>load<u16>(sums + offset) / <f64>some;
    store<f64>(difference + level, load<f64>(difference + level) + Math.abs(bin - mean));
  }
}

/** Adds one to entry (i - 1) * count + j - 1 (f64) for each voxel of level i whose neighbour at `step` has level j. */
export function pairs(
  levels: usize,
  voxels: usize,
  voxelCount: i32,
  step: i32,
  count: i32,
  counts: usize,
): void {
  const away = <usize>(step << 1);
  for (let v = 0; v < voxelCount; v++) {
    const at = levels + (<usize>load<i32>(voxels + (<usize>v << 2)) << 1);
    const j = <i32>load<u16>(at + away);
    if (j == 0) continue;
    const i = <i32>load<u16>(at);
    const cell = counts + (<usize>((i - 1) * count + j - 1) << 3);
    store<f64>(cell, load<f64>(cell) + 1);
  }
}

/**
 * For every position in [from, to) the directions (bit d for step d, 16 at most) in which a run of two or more voxels
 * starts there: the next has its level and the one before has not.
 */
export function runStarts(levels: usize, from: i32, to: i32, steps: usize, stepCount: i32, starts: usize): void {
  for (let p = from; p < to; p += 8) {
    const at = levels + (<usize>p << 1);
    const own = eight(at);
    let found = i16x8.splat(0);
    for (let d = 0; d < stepCount; d++) {
      const step = <usize>(load<i32>(steps + (<usize>d << 2)) << 1);
      const next = i16x8.eq(eight(at + step), own);
      const before = i16x8.eq(eight(at - step), own);
      found = v128.or(found, v128.and(v128.andnot(next, before), i16x8.splat(<i16>(<i32>1 << d))));
    }
    v128.store(starts + (<usize>(p - from) << 1), found);
  }
}

/**
 * Counts runs by direction, level and length in a table of u32, `plane` entries per direction and `width` per level,
 * from the starts above. Runs of one voxel are the voxels of a level (`ofLevel`, u32) that are in no longer run.
 */
export function runs(
  levels: usize,
  voxels: usize,
  voxelCount: i32,
  from: i32,
  steps: usize,
  stepCount: i32,
  starts: usize,
  ofLevel: usize,
  levelCount: i32,
  table: usize,
  width: i32,
  plane: i32,
): void {
  for (let v = 0; v < voxelCount; v++) {
    const p = load<i32>(voxels + (<usize>v << 2));
    let bits = <u32>load<u16>(starts + (<usize>(p - from) << 1));
    if (bits == 0) continue;
    const first = levels + (<usize>p << 1);
    const level = load<u16>(first);
    const row = table + (<usize>(<i32>level * width) << 2);
    while (bits != 0) {
      const d = <usize>ctz(bits);
      bits &= bits - 1;
      const step = <usize>(load<i32>(steps + (d << 2)) << 1);
      let length: usize = 2;
      for (let at = first + step + step; load<u16>(at) == level; at += step) length++;
      const cell = row + ((d * <usize>plane + length) << 2);
      store<u32>(cell, load<u32>(cell) + 1);
    }
  }
  for (let d = 0; d < stepCount; d++) {
    for (let level = 1; level <= levelCount; level++) {
      const row = table + (<usize>(d * plane + level * width) << 2);
      let single = load<u32>(ofLevel + (<usize>level << 2));
      for (let length = 2; length < width; length++)
        single -= <u32>length * load<u32>(row + (<usize>length << 2));
      store<u32>(row + 4, single);
    }
  }
}

/**
 * Zones of equal level joined through `steps` (both ways), in the order of their first voxel: pairs of level and size
 * (u32) at `found`. `open` is a copy of the levels that is used up, `queue` has room for every voxel (i32).
 * @returns number of zones
 */
export function zones(
  open: usize,
  voxels: usize,
  voxelCount: i32,
  steps: usize,
  stepCount: i32,
  queue: usize,
  found: usize,
): i32 {
  let zoneCount = 0;
  const lastStep = steps + (<usize>stepCount << 2);
  for (let v = 0; v < voxelCount; v++) {
    const start = load<i32>(voxels + (<usize>v << 2));
    const level = load<u16>(open + (<usize>start << 1));
    if (level == 0) continue;
    store<u16>(open + (<usize>start << 1), 0);
    store<i32>(queue, start);
    let size = 1;
    for (let next = 0; next < size; next++) {
      const p = load<i32>(queue + (<usize>next << 2));
      for (let step = steps; step < lastStep; step += 4) {
        const neighbour = p + load<i32>(step);
        const at = open + (<usize>neighbour << 1);
        if (load<u16>(at) != level) continue;
        store<u16>(at, 0);
        store<i32>(queue + (<usize>size << 2), neighbour);
        size++;
      }
    }
    const entry = found + (<usize>zoneCount << 3);
    store<u32>(entry, level);
    store<u32>(entry + 4, size);
    zoneCount++;
  }
  return zoneCount;
}

const SPLIT: f64 = 4294967297;
const LOG2E_HIGH: f64 = 1.4426950407214463;
const LOG2E_LOW: f64 = 1.6751713164886512e-10;

/** `log2` of core, step by step, for normal positive numbers. */
function log2(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  const high = <u32>(bits >> 32);
  let exponent = <f64>(<i32>((high >> 20) & 0x7ff) - 1023);
  let fraction = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (fraction >= Math.SQRT2) {
    fraction /= 2;
    exponent += 1;
  }
  const f = fraction - 1;
  if (f == 0) return exponent;
  const s = f / (2 + f);
  const half = 0.5 * f * f;
  const scaled = SPLIT * (f - half);
  const top = scaled - (scaled - (f - half));
  const low = f - top - half + s * (half + atanhTail(s * s));
  const product = top * LOG2E_HIGH;
  const sum = exponent + product;
  return (top + low) * LOG2E_LOW + low * LOG2E_HIGH + (exponent - sum + product) + sum;
}

// @ts-ignore: decorator
@inline
function atanhTail(s2: f64): f64 {
  const upper = ((((2.0 / 23.0) * s2 + 2.0 / 21.0) * s2 + 2.0 / 19.0) * s2 + 2.0 / 17.0) * s2 + 2.0 / 15.0;
  return (
    s2 *
    ((((((upper * s2 + 2.0 / 13.0) * s2 + 2.0 / 11.0) * s2 + 2.0 / 9.0) * s2 + 2.0 / 7.0) * s2 + 2.0 / 5.0) * s2 +
      2.0 / 3.0)
  );
}

/**
 * Margins of a probability matrix, and its sums over i + j and |i - j|, all zero before. Bins (f64) from index 1.
 * @param symmetric whether one half is visited and counted twice; `py` is then `px`
 */
export function margins(
  p: usize,
  bins: usize,
  count: i32,
  symmetric: bool,
  px: usize,
  py: usize,
  sums: usize,
  differences: usize,
): void {
  let row = p;
  for (let a = 0; a < count; a++) {
    const i = load<f64>(bins + (<usize>(a + 1) << 3));
    const end = symmetric ? a + 1 : count;
    const ofRow = px + (<usize>a << 3);
    for (let b = 0; b < end; b++) {
      const value = load<f64>(row + (<usize>b << 3));
      if (value == 0) continue;
      const j = load<f64>(bins + (<usize>(b + 1) << 3));
      store<f64>(ofRow, load<f64>(ofRow) + value);
      if (!symmetric || b != a) {
        const ofColumn = py + (<usize>b << 3);
        store<f64>(ofColumn, load<f64>(ofColumn) + value);
      }
      const both = symmetric && b != a ? 2 * value : value;
      const sum = sums + (<usize>(i + j) << 3);
      store<f64>(sum, load<f64>(sum) + both);
      const difference = differences + (<usize>Math.abs(i - j) << 3);
      store<f64>(difference, load<f64>(difference) + both);
    }
    row += <usize>count << 3;
  }
}

/**
 * Sums over the entries of a probability matrix, into eight f64 at `found`: both variances, autocorrelation, covariance,
 * energy, entropy, and the entropies of the margins' product under p and under itself; then the largest entry.
 */
export function jointSums(
  p: usize,
  bins: usize,
  count: i32,
  symmetric: bool,
  px: usize,
  py: usize,
  ux: f64,
  uy: f64,
  epsilon: f64,
  found: usize,
): void {
  let vx: f64 = 0;
  let vy: f64 = 0;
  let autocorrelation: f64 = 0;
  let covariance: f64 = 0;
  let energy: f64 = 0;
  let entropy: f64 = 0;
  let hxy1: f64 = 0;
  let hxy2: f64 = 0;
  let maximum: f64 = 0;
  for (let a = 0; a < count; a++) {
    const ofRow = load<f64>(px + (<usize>a << 3));
    const ofColumn = load<f64>(py + (<usize>a << 3));
    if (ofRow == 0 && ofColumn == 0) continue;
    const i = load<f64>(bins + (<usize>(a + 1) << 3));
    const di = i - ux;
    vx += di * di * ofRow;
    vy += (i - uy) * (i - uy) * ofColumn;
    const row = p + (<usize>(a * count) << 3);
    const end = symmetric ? a + 1 : count;
    for (let b = 0; b < end; b++) {
      const product = ofRow * load<f64>(py + (<usize>b << 3));
      if (product == 0) continue;
      const logProduct = log2(product + epsilon);
      const times: f64 = symmetric && b != a ? 2 : 1;
      hxy2 -= times * product * logProduct;
      const value = load<f64>(row + (<usize>b << 3));
      if (value == 0) continue;
      const j = load<f64>(bins + (<usize>(b + 1) << 3));
      const both = times * value;
      autocorrelation += i * j * both;
      covariance += di * (j - uy) * both;
      energy += value * both;
      entropy -= both * log2(value + epsilon);
      hxy1 -= both * logProduct;
      if (value > maximum) maximum = value;
    }
  }
  store<f64>(found, vx);
  store<f64>(found + 8, vy);
  store<f64>(found + 16, autocorrelation);
  store<f64>(found + 24, covariance);
  store<f64>(found + 32, energy);
  store<f64>(found + 40, entropy);
  store<f64>(found + 48, hxy1);
  store<f64>(found + 56, hxy2);
  store<f64>(found + 64, maximum);
}
