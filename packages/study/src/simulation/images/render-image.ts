import type { Random } from '@sentinode/core';
import { type Geometry, stepMatrix, type Volume } from '@sentinode/volume';
import { latticeAt } from './lattice.ts';
import { type PatientAnatomy, tumourDistance } from './patient-anatomy.ts';
import { protocols, type Sequence, type Visit } from './sequences.ts';

/** Thickness of skin and of the muscle behind the breast, mm at length factor 1. */
const SKIN = 1.8;
const MUSCLE = 9;
/** Signal of lung and air, share of fat-free muscle. */
const LUNG = 0.12;
/** How the chest wall falls back to both sides, per mm. */
const CHEST_CURVE = 0.003;
/** Normal draws from which the noise of an image is picked: one per voxel and channel would take most of the time. */
const NOISE_DRAWS = 8192;

/** 0 below `-width`, 1 above `width`, smooth between. */
function step(value: number, width: number): number {
  if (value <= -width) return 0;
  if (value >= width) return 1;
  const t = (value + width) / (2 * width);
  return t * t * (3 - 2 * t);
}

/** What a scanner would show of the breast on a grid: tissue, smooth receiver bias, noise of a magnitude image. */
export function renderImage(
  anatomy: PatientAnatomy,
  visit: Visit,
  sequence: Sequence,
  geometry: Geometry,
  withTumour: boolean,
  random: Random,
): Volume {
  const protocol = protocols[sequence];
  const [nx, ny, nz] = geometry.size;
  const steps = stepMatrix(geometry);
  const start = geometry.origin.map((value, axis) => value - anatomy.position[visit][axis]!);
  const signal = tissueSignal(anatomy, visit, sequence, geometry, withTumour);
  const slope = [random.normal(), random.normal(), random.normal()].map(
    (value) => (Math.max(-2, Math.min(2, value)) * protocol.bias) / (66 * anatomy.lengths),
  );
  const noise = Float64Array.from({ length: NOISE_DRAWS }, () => protocol.noise * random.normal());
  const data = new Int16Array(nx * ny * nz);
  let at = 0;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      let x = start[0]! + steps[1]! * j + steps[2]! * k;
      let y = start[1]! + steps[4]! * j + steps[5]! * k;
      let z = start[2]! + steps[7]! * j + steps[8]! * k;
      for (let i = 0; i < nx; i++) {
        const bias = 1 + slope[0]! * x + slope[1]! * y + slope[2]! * z;
        const draw = random.uint32();
        const real = signal(x, y, z) * bias + noise[draw % NOISE_DRAWS]!;
        const imaginary = noise[(draw >>> 16) % NOISE_DRAWS]!;
        data[at++] = Math.round(Math.sqrt(real * real + imaginary * imaginary));
        x += steps[0]!;
        y += steps[3]!;
        z += steps[6]!;
      }
    }
  }
  return { geometry, elementType: 'int16', data };
}

/** Noise-free signal at a point in breast coordinates. */
function tissueSignal(
  anatomy: PatientAnatomy,
  visit: Visit,
  sequence: Sequence,
  geometry: Geometry,
  withTumour: boolean,
): (x: number, y: number, z: number) => number {
  const protocol = protocols[sequence];
  const { half, wall, lengths, coarse, fine, inside, density } = anatomy;
  const state = anatomy.tumour.states[visit];
  // Edges blur by about the voxel: in plane a little, across the slices more.
  const blur = 0.35 * geometry.spacing[0] + 0.16 * geometry.spacing[2];
  const conspicuity = state.conspicuity[sequence];
  const reach = state.radius * 2;
  const [cx, cy, cz] = anatomy.tumour.centre;
  const lung = LUNG * protocol.muscle;

  return (x, y, z) => {
    const behind = y - wall - (CHEST_CURVE / lengths) * x * x - 0.8 * latticeAt(coarse, x * 0.4, z * 0.4, 0);
    if (behind > MUSCLE * lengths + blur) return lung;
    const front = Math.min(0, y - wall) / half[1];
    const across = x / half[0];
    const along = z / half[2];
    const rho = Math.sqrt(front * front + across * across + along * along);
    const depth = (1 - rho) * half[0];
    const body = behind > -2 ? Math.max(depth, behind + 2) : depth;
    if (body < -blur) return 0;
    const texture = latticeAt(fine, x, y, z);
    const fibre = latticeAt(coarse, x, y * 0.7, z) + 0.6 * texture;
    const glandular = step(fibre + density + 0.75 - 1.5 * rho, 0.6);
    let value = protocol.fat + glandular * (protocol.gland - protocol.fat) + 0.08 * protocol.gland * texture;
    if (behind > 0) {
      const muscle = step(behind, blur) * (1 - step(behind - MUSCLE * lengths, blur));
      value += muscle * (protocol.muscle * (1 + 0.05 * texture) - value);
    } else {
      const skin = 1 - step(depth - SKIN * lengths, blur);
      value += skin * (protocol.skin - value);
      const dx = x - cx;
      const dy = y - cy;
      const dz = z - cz;
      if (withTumour && dx * dx + dy * dy + dz * dz < reach * reach) {
        const distance = tumourDistance(anatomy, visit, x, y, z);
        const share = 1 - step(distance, blur);
        if (share > 0) {
          const uneven = latticeAt(inside, dx, dy, dz) + 0.5 * latticeAt(inside, dx * 2, dy * 2, dz * 2);
          // Rim and core differ, most in uneven tumours.
          const core = Math.min(1, Math.max(0, -distance / state.radius));
          const pattern = uneven + protocol.core * (0.6 - 1.6 * core);
          const inner =
            protocol.gland +
            conspicuity * (protocol.tumour + protocol.texture * state.heterogeneity * pattern);
          value += share * (Math.max(0, inner) - value);
        }
      }
    }
    return value * step(body, blur);
  };
}
