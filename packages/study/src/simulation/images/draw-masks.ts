import type { Random } from '@sentinode/core';
import { type Geometry, stepMatrix } from '@sentinode/volume';
import { createLattice, latticeAt } from './lattice.ts';
import { type PatientAnatomy, tumourDistance } from './patient-anatomy.ts';
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

/** Draws the tumour on the grid of an image: once by each reader, and the consensus. */
export function drawMasks(
  anatomy: PatientAnatomy,
  visit: Visit,
  geometry: Geometry,
  random: Random,
): DrawnMasks {
  const distance = distanceMap(anatomy, visit, geometry);
  const readers = [1, 2].map((reader) =>
    drawnBy(distance, geometry, anatomy.lengths, random.fork(`reader-${reader}`)),
  ) as [Uint8Array, Uint8Array];
  const [first, second] = readers;
  // A third reader settles what the two do not share, and is right.
  const consensus = first.map((inside, voxel) =>
    inside === second[voxel] ? inside : distance[voxel]! < 0 ? 1 : 0,
  );
  return { readers, consensus };
}

/** Distance from the tumour's surface at every voxel near it; far away a large number. */
function distanceMap(anatomy: PatientAnatomy, visit: Visit, geometry: Geometry): Float32Array {
  const [nx, ny, nz] = geometry.size;
  const steps = stepMatrix(geometry);
  const { centre, states } = anatomy.tumour;
  const reach = 1.8 * states[visit].radius + 4;
  const start = geometry.origin.map((value, axis) => value - anatomy.position[visit][axis]!);
  const map = new Float32Array(nx * ny * nz).fill(1e3);
  let at = 0;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, at++) {
        const x = start[0]! + steps[0]! * i + steps[1]! * j + steps[2]! * k;
        const y = start[1]! + steps[3]! * i + steps[4]! * j + steps[5]! * k;
        const z = start[2]! + steps[6]! * i + steps[7]! * j + steps[8]! * k;
        const near =
          Math.abs(x - centre[0]) < reach &&
          Math.abs(y - centre[1]) < reach &&
          Math.abs(z - centre[2]) < reach;
        if (near) map[at] = tumourDistance(anatomy, visit, x, y, z);
      }
    }
  }
  return map;
}

function drawnBy(distance: Float32Array, geometry: Geometry, lengths: number, random: Random): Uint8Array {
  const [nx, ny, nz] = geometry.size;
  const [sx, sy, sz] = geometry.spacing;
  const lattice = createLattice(random.fork('boundary'), 16, DEPARTURE.spacing * lengths);
  const habit = HABIT * random.normal();
  const departure = Float32Array.from(distance, (value, voxel) => {
    if (value > 900) return value;
    const i = voxel % nx;
    const j = Math.floor(voxel / nx) % ny;
    const k = Math.floor(voxel / (nx * ny));
    return value + habit + DEPARTURE.height * latticeAt(lattice, i * sx, j * sy, k * sz);
  });
  const mask = Uint8Array.from(departure, (value) => (value < 0 ? 1 : 0));
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
