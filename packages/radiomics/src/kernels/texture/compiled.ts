import { type Assembly, assembly, type Room } from '@sentinode/core';
import type { LevelVolume } from '../level-volume.ts';
import { built } from './built.ts';
import { plainTexture } from './plain.ts';
import { EPSILON, meansOf, type TextureKernels, type ToneMatrix } from './texture-kernels.ts';

/** What `assembly/texture.ts` of this package exports; addresses and whole numbers. */
interface TextureLoops {
  neighbours(...args: readonly number[]): void;
  dependences(...args: readonly number[]): void;
  tones(...args: readonly number[]): void;
  pairs(...args: readonly number[]): void;
  margins(
    p: number,
    bins: number,
    count: number,
    symmetric: boolean,
    px: number,
    py: number,
    sums: number,
    differences: number,
  ): void;
  jointSums(
    p: number,
    bins: number,
    count: number,
    symmetric: boolean,
    px: number,
    py: number,
    ux: number,
    uy: number,
    epsilon: number,
    found: number,
  ): void;
  runStarts(...args: readonly number[]): void;
  runs(...args: readonly number[]): void;
  zones(...args: readonly number[]): number;
}

/** Directions whose run starts fit a word of 16 bits. */
const MOST_DIRECTIONS = 16;
/** Entries of the table of runs beyond which it is not worth its memory. */
const MOST_RUN_ENTRIES = 4_000_000;
/** Entries of a co-occurrence matrix beyond which the loops' memory, never given back, would be too large. */
const MOST_PAIR_ENTRIES = 4_000_000;
/** Largest number in a lane of 16 bits. */
const LARGEST_LANE = 65_535;

const loaded = assembly<TextureLoops>(built);

/** A level volume in the loops' memory, as addresses. */
interface Placed {
  readonly levels: number;
  readonly bins: number;
  readonly voxels: number;
  /** Voxels by level (u32). */
  readonly ofLevel: number;
  /** Lowest position of a voxel, and the one behind the highest. */
  readonly from: number;
  readonly to: number;
  /** Where room for results begins. */
  readonly free: number;
}

function place({ levels, voxels, binOf, count }: LevelVolume, room: Room): Placed {
  room.clear();
  const atLevels = room.put(levels);
  const plain = binOf.every((bin, level) => bin === level);
  const atBins = plain ? atLevels : room.put(levels.map((level) => binOf[level]!));
  const atVoxels = room.put(voxels);
  const ofLevel = new Uint32Array(count + 1);
  let from = voxels[0]!;
  let to = from;
  for (let v = 0; v < voxels.length; v++) {
    const at = voxels[v]!;
    if (at < from) from = at;
    if (at > to) to = at;
    ofLevel[levels[at]!]! += 1;
  }
  const atOfLevel = room.put(ofLevel);
  return {
    levels: atLevels,
    bins: atBins,
    voxels: atVoxels,
    ofLevel: atOfLevel,
    from,
    to: to + 1,
    free: room.mark,
  };
}

/** Room that the sums of a matrix take, with slack for each array. */
const jointBytes = (count: number, highest: number): number => 8 * (3 * count + 3 * highest) + 1024;

/** The kernels over a loaded module. */
function kernelsOf({ loops, room }: Assembly<TextureLoops>): TextureKernels {
  /** What was placed last, as five matrices are counted on one volume. */
  let last: { readonly volume: WeakRef<LevelVolume>; readonly placed: Placed } | undefined;

  /** The volume in place, and the room behind it free. */
  const prepare = (volume: LevelVolume): Placed => {
    if (last?.volume.deref() !== volume) last = { volume: new WeakRef(volume), placed: place(volume, room) };
    room.clear(last.placed.free);
    return last.placed;
  };

  /** Neighbours of every position, laid behind the volume. */
  const neighbours = (at: Placed, steps: Int32Array): { equal: number; joined: number; sums: number } => {
    const atSteps = room.put(steps);
    const bytes = 2 * (at.to - at.from);
    const [equal, joined, sums] = [room.take(bytes), room.take(bytes), room.take(bytes)];
    loops.neighbours(at.levels, at.bins, at.from, at.to, atSteps, steps.length, equal, joined, sums);
    return { equal, joined, sums };
  };

  return {
    pairs: (volume, step) => {
      if (volume.count * volume.count > MOST_PAIR_ENTRIES) return plainTexture.pairs(volume, step);
      const at = prepare(volume);
      const entries = volume.count * volume.count;
      const counts = room.takeZeros(8 * entries);
      room.reserve(jointBytes(volume.count, volume.highest));
      loops.pairs(at.levels, at.voxels, volume.voxels.length, step, volume.count, counts);
      return room.view(Float64Array, counts, entries);
    },

    jointSums: (p, binOf, count, highest, symmetric) => {
      if (p.length > MOST_PAIR_ENTRIES) return plainTexture.jointSums(p, binOf, count, highest, symmetric);
      const mark = room.mark;
      const atP = room.addressOf(p) ?? room.put(p);
      const bins = room.put(binOf);
      const px = room.takeZeros(8 * count);
      const py = symmetric ? px : room.takeZeros(8 * count);
      const sums = room.takeZeros(8 * (2 * highest + 1));
      const differences = room.takeZeros(8 * highest);
      const found = room.take(8 * 9);
      loops.margins(atP, bins, count, symmetric, px, py, sums, differences);
      const copy = (at: number, length: number): Float64Array => room.view(Float64Array, at, length).slice();
      const margins = { px: copy(px, count), py: copy(py, count) };
      if (symmetric) margins.py = margins.px;
      const { ux, uy } = meansOf(binOf, margins.px, margins.py);
      loops.jointSums(atP, bins, count, symmetric, px, py, ux, uy, EPSILON, found);
      const [vx, vy, autocorrelation, covariance, energy, entropy, hxy1, hxy2, maximum] = room.view(
        Float64Array,
        found,
        9,
      ) as unknown as [number, number, number, number, number, number, number, number, number];
      room.clear(mark);
      return {
        ...margins,
        sums: copy(sums, 2 * highest + 1),
        differences: copy(differences, highest),
        ux,
        uy,
        vx,
        vy,
        autocorrelation,
        covariance,
        energy,
        entropy,
        hxy1,
        hxy2,
        maximum,
      };
    },

    dependences: (volume, steps) => {
      const at = prepare(volume);
      const { equal } = neighbours(at, steps);
      const width = steps.length + 2;
      const entries = (volume.count + 1) * width;
      const table = room.takeZeros(4 * entries);
      loops.dependences(at.levels, at.voxels, volume.voxels.length, at.from, equal, table, width);
      return room.view(Uint32Array, table, entries);
    },

    tones: (volume, steps) => {
      if (volume.highest * steps.length > LARGEST_LANE) return plainTexture.tones(volume, steps);
      const at = prepare(volume);
      const { joined, sums } = neighbours(at, steps);
      const { length } = volume.binOf;
      const results = ([0, 1, 2] as const).map(() => room.takeZeros(8 * length)) as [number, number, number];
      loops.tones(at.levels, at.bins, at.voxels, volume.voxels.length, at.from, joined, sums, ...results);
      const [n, some, s] = results.map((result) => room.view(Float64Array, result, length).slice());
      return { n, joined: some, s } as ToneMatrix;
    },

    runs: (volume, steps, longest) => {
      const width = longest + 1;
      const plane = (volume.count + 1) * width;
      if (steps.length > MOST_DIRECTIONS || plane * steps.length > MOST_RUN_ENTRIES)
        return plainTexture.runs(volume, steps, longest);
      const at = prepare(volume);
      const atSteps = room.put(steps);
      const starts = room.take(2 * (at.to - at.from));
      const table = room.takeZeros(4 * plane * steps.length);
      loops.runStarts(at.levels, at.from, at.to, atSteps, steps.length, starts);
      loops.runs(
        at.levels,
        at.voxels,
        volume.voxels.length,
        at.from,
        atSteps,
        steps.length,
        starts,
        at.ofLevel,
        volume.count,
        table,
        width,
        plane,
      );
      return Array.from(steps, (_, d) => room.view(Uint32Array, table + 4 * plane * d, plane));
    },

    zones: (volume, steps) => {
      const at = prepare(volume);
      const atSteps = room.put(steps);
      const open = room.put(volume.levels);
      const queue = room.take(4 * volume.voxels.length);
      const found = room.take(8 * volume.voxels.length);
      const count = loops.zones(open, at.voxels, volume.voxels.length, atSteps, steps.length, queue, found);
      return room.view(Uint32Array, found, 2 * count);
    },
  };
}

let made: { readonly from: Assembly<TextureLoops>; readonly kernels: TextureKernels } | undefined;

/** The compiled kernels, where the engine has them. */
export function compiledTexture(): TextureKernels | undefined {
  const found = loaded();
  if (found === undefined) return undefined;
  if (made?.from !== found) made = { from: found, kernels: kernelsOf(found) };
  return made.kernels;
}
