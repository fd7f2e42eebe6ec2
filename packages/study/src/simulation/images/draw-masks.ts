import type { Random } from '@sentinode/core';
import { type Geometry, stepMatrix, type Vector3, voxelCount, worldToIndex } from '@sentinode/volume';
import { createLattice, latticeAt } from './lattice.ts';
import { type PatientAnatomy, tumourCentre, tumourDistance } from './patient-anatomy.ts';
import type { Visit } from './sequences.ts';

/** Masks of one image: those of the two readers, and what they agreed on with a third. */
export interface DrawnMasks {
  readonly readers: readonly [Uint8Array, Uint8Array];
  readonly consensus: Uint8Array;
}

/** Height of a reader's departure from the boundary, mm, and how far along the boundary it stays on one side. */
const DEPARTURE = { height: 0.85, spacing: 4.5 } as const;
/** Standard deviation of a reader's habit to draw outside or inside, mm. */
const HABIT = 0.22;
/** Chance to leave out the outermost slice, and to draw one more, at each end. */
const END_SLICE = { less: 0.2, more: 0.15 } as const;
/** The slice that is drawn in excess lies this much inside the contour of its neighbour, mm. */
const EXTRA_SLICE_INSIDE = 1.2;
const FEWEST_SLICES = 3;

/** Where the tumour lies: a point in LPS mm, and how far from it anything of the tumour or of a drawing can be. */
interface Surroundings {
  readonly point: Vector3;
  readonly reach: number;
}

/** Draws the tumour on the grid of an image: once by each reader, and the consensus. */
export function drawMasks(
  anatomy: PatientAnatomy,
  visit: Visit,
  geometry: Geometry,
  random: Random,
): DrawnMasks {
  const around: Surroundings = {
    point: tumourCentre(anatomy, visit),
    reach: 1.8 * anatomy.tumour.states[visit].radius + 4,
  };
  const distance = distanceMap(anatomy, visit, geometry, around);
  const readers = [1, 2].map((reader) =>
    drawnBy(distance, geometry, around, anatomy.lengths, random.fork(`reader-${reader}`)),
  ) as [Uint8Array, Uint8Array];
  const [first, second] = readers;
  // A third reader settles what the two do not share, and is right.
  const consensus = first.map((inside, voxel) =>
    inside === second[voxel] ? inside : distance[voxel]! < 0 ? 1 : 0,
  );
  return { readers, consensus };
}

/** Distance of voxels that are far from the tumour. */
const FAR = 1e3;

/** Distance from the tumour's surface at every voxel near it. */
function distanceMap(
  anatomy: PatientAnatomy,
  visit: Visit,
  geometry: Geometry,
  around: Surroundings,
): Float32Array {
  const steps = stepMatrix(geometry);
  const start = geometry.origin.map((value, axis) => value - anatomy.position[visit][axis]!);
  const map = new Float32Array(voxelCount(geometry)).fill(FAR);
  forVoxelsNear(geometry, around, (i, j, k, voxel) => {
    const x = start[0]! + steps[0]! * i + steps[1]! * j + steps[2]! * k;
    const y = start[1]! + steps[3]! * i + steps[4]! * j + steps[5]! * k;
    const z = start[2]! + steps[6]! * i + steps[7]! * j + steps[8]! * k;
    map[voxel] = tumourDistance(anatomy, visit, x, y, z);
  });
  return map;
}

/** Calls for every voxel of the box around a tumour. */
function forVoxelsNear(
  geometry: Geometry,
  { point, reach }: Surroundings,
  visitVoxel: (i: number, j: number, k: number, voxel: number) => void,
): void {
  const [nx, ny, nz] = geometry.size;
  const middle = worldToIndex(geometry, point);
  const low = middle.map((at, axis) => Math.max(0, Math.floor(at - reach / geometry.spacing[axis]!)));
  const high = middle.map((at, axis) =>
    Math.min([nx, ny, nz][axis]! - 1, Math.ceil(at + reach / geometry.spacing[axis]!)),
  );
  for (let k = low[2]!; k <= high[2]!; k++)
    for (let j = low[1]!; j <= high[1]!; j++)
      for (let i = low[0]!; i <= high[0]!; i++) visitVoxel(i, j, k, (k * ny + j) * nx + i);
}

function drawnBy(
  distance: Float32Array,
  geometry: Geometry,
  around: Surroundings,
  lengths: number,
  random: Random,
): Uint8Array {
  const [nx, ny, nz] = geometry.size;
  const [sx, sy, sz] = geometry.spacing;
  const lattice = createLattice(random.fork('boundary'), 16, DEPARTURE.spacing * lengths);
  const habit = HABIT * random.normal();
  const departure = new Float32Array(distance.length).fill(FAR);
  const mask = new Uint8Array(distance.length);
  forVoxelsNear(geometry, around, (i, j, k, voxel) => {
    const value = distance[voxel]! + habit + DEPARTURE.height * latticeAt(lattice, i * sx, j * sy, k * sz);
    departure[voxel] = value;
    mask[voxel] = value < 0 ? 1 : 0;
  });
  const slice = nx * ny;
  const filled = (k: number): boolean => mask.subarray(k * slice, (k + 1) * slice).includes(1);
  const slices = Array.from({ length: nz }, (_, k) => k).filter(filled);
  const ends = [
    { last: slices[0]!, beyond: slices[0]! - 1 },
    { last: slices[slices.length - 1]!, beyond: slices[slices.length - 1]! + 1 },
  ];
  let left = slices.length;
  for (const { last, beyond } of ends) {
    const draw = random.uniform();
    if (draw < END_SLICE.less && left > FEWEST_SLICES) {
      mask.fill(0, last * slice, (last + 1) * slice);
      left--;
    } else if (draw > 1 - END_SLICE.more && beyond >= 0 && beyond < nz) {
      for (let voxel = 0; voxel < slice; voxel++) {
        if (departure[last * slice + voxel]! < -EXTRA_SLICE_INSIDE) mask[beyond * slice + voxel] = 1;
      }
    }
  }
  return mask;
}
