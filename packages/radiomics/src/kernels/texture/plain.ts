import type { LevelVolume } from '../level-volume.ts';
import { jointSums } from './plain-joint.ts';
import type { TextureKernels, ToneMatrix } from './texture-kernels.ts';

function pairs({ levels, voxels, count }: LevelVolume, step: number): Float64Array {
  const counts = new Float64Array(count * count);
  for (let v = 0; v < voxels.length; v++) {
    const at = voxels[v]!;
    const j = levels[at + step]!;
    if (j !== 0) counts[(levels[at]! - 1) * count + j - 1]! += 1;
  }
  return counts;
}

function dependences({ levels, voxels, count }: LevelVolume, steps: Int32Array): Float64Array {
  const width = steps.length + 2;
  const table = new Float64Array((count + 1) * width);
  for (let v = 0; v < voxels.length; v++) {
    const at = voxels[v]!;
    const level = levels[at]!;
    let dependence = 1;
    for (let d = 0; d < steps.length; d++) if (levels[at + steps[d]!] === level) dependence++;
    table[level * width + dependence]! += 1;
  }
  return table;
}

function tones({ levels, voxels, binOf, count }: LevelVolume, steps: Int32Array): ToneMatrix {
  const n = new Float64Array(count + 1);
  const joined = new Float64Array(count + 1);
  const s = new Float64Array(count + 1);
  for (let v = 0; v < voxels.length; v++) {
    const at = voxels[v]!;
    const level = levels[at]!;
    let sum = 0;
    let neighbours = 0;
    for (let d = 0; d < steps.length; d++) {
      const other = levels[at + steps[d]!]!;
      if (other === 0) continue;
      sum += binOf[other]!;
      neighbours++;
    }
    n[level]! += 1;
    if (neighbours === 0) continue;
    joined[level]! += 1;
    s[level]! += Math.abs(binOf[level]! - sum / neighbours);
  }
  return { n, joined, s };
}

function runs(volume: LevelVolume, steps: Int32Array, longest: number): Float64Array[] {
  return Array.from(steps, (step) => runsAlong(volume, step, longest));
}

function runsAlong({ levels, voxels, count }: LevelVolume, step: number, longest: number): Float64Array {
  const width = longest + 1;
  const table = new Float64Array((count + 1) * width);
  for (let v = 0; v < voxels.length; v++) {
    const start = voxels[v]!;
    const level = levels[start]!;
    if (levels[start - step] === level) continue;
    let length = 1;
    for (let at = start + step; levels[at] === level; at += step) length++;
    table[level * width + length]! += 1;
  }
  return table;
}

function zones({ levels, voxels }: LevelVolume, steps: Int32Array): number[] {
  const found: number[] = [];
  forEachZone({ levels, voxels }, steps, (level, { length }) => found.push(level, length));
  return found;
}

/**
 * Visits the zones of equal level in the order of their first voxel.
 * @param visit level, and positions of the zone's voxels in the padded array (valid during the call only)
 */
export function forEachZone(
  { levels, voxels }: Pick<LevelVolume, 'levels' | 'voxels'>,
  steps: Int32Array,
  visit: (level: number, zone: Int32Array) => void,
): void {
  const open = Uint16Array.from(levels);
  const zone = new Int32Array(voxels.length);
  for (let v = 0; v < voxels.length; v++) {
    const start = voxels[v]!;
    const level = open[start]!;
    if (level === 0) continue;
    open[start] = 0;
    zone[0] = start;
    let found = 1;
    for (let next = 0; next < found; next++) {
      const at = zone[next]!;
      for (let d = 0; d < steps.length; d++) {
        const neighbour = at + steps[d]!;
        if (open[neighbour] !== level) continue;
        open[neighbour] = 0;
        zone[found++] = neighbour;
      }
    }
    visit(level, zone.subarray(0, found));
  }
}

/** The loops in TypeScript: what is meant, and what runs where vectors are not to be had. */
export const plainTexture: TextureKernels = { pairs, jointSums, dependences, tones, runs, zones };
