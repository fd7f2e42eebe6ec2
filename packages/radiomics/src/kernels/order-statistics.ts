const BUCKETS = 1024;

/**
 * The values at given places of the sorted order, without sorting all: values fall into buckets of equal width, and only
 * the buckets that hold a place are sorted.
 * @param values finite, at least one
 * @param places from 0 to the number of values - 1
 * @returns the value at each place, in the order of `places`
 */
export function orderStatistics(values: Float64Array, places: readonly number[]): number[] {
  const n = values.length;
  let lowest = values[0]!;
  let highest = lowest;
  for (let i = 1; i < n; i++) {
    const value = values[i]!;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const scale = BUCKETS / (highest - lowest);
  if (n < BUCKETS || !(scale > 0 && Number.isFinite(scale))) {
    const sorted = values.slice().sort();
    return places.map((place) => sorted[place]!);
  }
  const bucketOf = new Uint16Array(n);
  const starts = new Int32Array(BUCKETS + 1);
  for (let i = 0; i < n; i++) {
    const bucket = Math.min(BUCKETS - 1, Math.floor((values[i]! - lowest) * scale));
    bucketOf[i] = bucket;
    starts[bucket + 1]! += 1;
  }
  for (let b = 0; b < BUCKETS; b++) starts[b + 1]! += starts[b]!;
  const sorted = new Map<number, Float64Array>();
  return places.map((place) => {
    let bucket = 0;
    while (starts[bucket + 1]! <= place) bucket++;
    const inside = sorted.get(bucket) ?? sortedBucket(values, bucketOf, bucket, starts);
    sorted.set(bucket, inside);
    return inside[place - starts[bucket]!]!;
  });
}

function sortedBucket(
  values: Float64Array,
  bucketOf: Uint16Array,
  bucket: number,
  starts: Int32Array,
): Float64Array {
  const inside = new Float64Array(starts[bucket + 1]! - starts[bucket]!);
  for (let i = 0, at = 0; at < inside.length; i++) if (bucketOf[i] === bucket) inside[at++] = values[i]!;
  return inside.sort();
}
