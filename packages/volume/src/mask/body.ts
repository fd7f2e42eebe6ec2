import type { Mask, Volume } from '../volume.ts';

/** Share of the robust range of the signal above which a voxel is body (the rule of FSL's BET). */
const ABOVE_DARKEST = 0.1;
const DARKEST = 0.02;
const BRIGHTEST = 0.98;
/** Values that are looked at for the two percentiles. */
const SAMPLE = 50_000;

/**
 * Share of a region that lies in the body, 0 to 1. Body is where the signal is above the 2nd percentile by more than a
 * tenth of the distance to the 98th, and what lies between such voxels both along its row and along its column of a slice,
 * so that dark tissue inside counts.
 * @param mask on the grid of the image; an empty one gives 0
 */
export function bodyShare({ geometry, data }: Volume, mask: Mask): number {
  const threshold = bodyThreshold(data);
  const [nx, ny, nz] = geometry.size;
  let inside = 0;
  let all = 0;
  for (let z = 0; z < nz; z++) {
    const start = z * nx * ny;
    if (!mask.data.subarray(start, start + nx * ny).includes(1)) continue;
    const rows = spans(ny, nx, (y, x) => data[start + y * nx + x]! > threshold);
    const columns = spans(nx, ny, (x, y) => data[start + y * nx + x]! > threshold);
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++) {
        if (mask.data[start + y * nx + x] === 0) continue;
        all++;
        if (within(rows, y, x) && within(columns, x, y)) inside++;
      }
  }
  return all === 0 ? 0 : inside / all;
}

function bodyThreshold(data: Volume['data']): number {
  const step = Math.max(1, Math.floor(data.length / SAMPLE));
  const sample = new Float64Array(Math.ceil(data.length / step));
  for (let at = 0; at < sample.length; at++) sample[at] = data[at * step]!;
  const finite = sample.filter(Number.isFinite).sort();
  const quantile = (share: number): number => finite[Math.floor(share * (finite.length - 1))] ?? 0;
  const [low, high] = [quantile(DARKEST), quantile(BRIGHTEST)];
  return low + ABOVE_DARKEST * (high - low);
}

/** First and last place of each line where the condition holds; the first is behind the last where it never does. */
function spans(lines: number, places: number, holds: (line: number, place: number) => boolean): Int32Array {
  const found = new Int32Array(2 * lines);
  for (let line = 0; line < lines; line++) {
    let first = 0;
    while (first < places && !holds(line, first)) first++;
    let last = places - 1;
    while (last >= first && !holds(line, last)) last--;
    found[2 * line] = first;
    found[2 * line + 1] = last;
  }
  return found;
}

const within = (found: Int32Array, line: number, place: number): boolean =>
  place >= found[2 * line]! && place <= found[2 * line + 1]!;
