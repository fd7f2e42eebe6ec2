import type { Random } from '@sentinode/core';
import type { Vector3 } from '@sentinode/volume';
import type { SimulatedPatient } from '../cohort/screened-patients.ts';
import { createLattice, type Lattice, latticeAt } from './lattice.ts';
import { type Visit, visits } from './sequences.ts';
import { type Tumour, tumourOf } from './tumour.ts';

/**
 * A breast with its tumour. Its own coordinates are millimetres along LPS with the origin in the middle of the breast;
 * at each visit it lies a little elsewhere in the scanner.
 */
export interface PatientAnatomy {
  /** Factor on all lengths. */
  readonly lengths: number;
  /** Position of the breast's origin in LPS mm. */
  readonly position: Readonly<Record<Visit, Vector3>>;
  /** Half width (x), depth in front of the chest wall (y) and half height (z), mm. */
  readonly half: Vector3;
  /** y of the chest wall. */
  readonly wall: number;
  /** Larger: more gland. */
  readonly density: number;
  readonly coarse: Lattice;
  readonly fine: Lattice;
  readonly surface: Lattice;
  readonly inside: Lattice;
  readonly tumour: Tumour;
}

/** The anatomy of one patient; the same at both visits and in all sequences. */
export function patientAnatomy(patient: SimulatedPatient, lengths: number, random: Random): PatientAnatomy {
  const body = random.fork('body');
  const side = body.uniform() < 0.5 ? 1 : -1;
  const vary = (range: number): number => (2 * body.uniform() - 1) * range;
  const home: Vector3 = [side * (85 + vary(12)), -60 + vary(10), vary(40)];
  const shift = (): Vector3 => [home[0] + vary(4), home[1] + vary(3), home[2] + vary(4)];
  const position = Object.fromEntries(visits.map((visit) => [visit, shift()])) as Record<Visit, Vector3>;
  return {
    lengths,
    position,
    half: [(31 + vary(2)) * lengths, (47 + vary(4)) * lengths, (36 + vary(3)) * lengths],
    wall: (20 + vary(2)) * lengths,
    density: 0.1 + vary(0.35),
    coarse: createLattice(random.fork('coarse'), 16, 6.5 * lengths),
    fine: createLattice(random.fork('fine'), 32, 2.6 * lengths),
    surface: createLattice(random.fork('surface'), 8, 5.2 * lengths),
    inside: createLattice(random.fork('inside'), 16, 2.4 * lengths),
    tumour: tumourOf(patient, lengths, random.fork('tumour')),
  };
}

/** Centre of the tumour in LPS mm. */
export function tumourCentre({ position, tumour }: PatientAnatomy, visit: Visit): Vector3 {
  const [x, y, z] = position[visit];
  return [x + tumour.centre[0], y + tumour.centre[1], z + tumour.centre[2]];
}

/** Distance (mm, about) of a point from the tumour's surface, negative inside; breast coordinates. */
export function tumourDistance(
  anatomy: PatientAnatomy,
  visit: Visit,
  x: number,
  y: number,
  z: number,
): number {
  const { centre, shape, states } = anatomy.tumour;
  const { radius, irregularity } = states[visit];
  const dx = x - centre[0];
  const dy = y - centre[1];
  const dz = z - centre[2];
  const a = shape[0]! * dx + shape[1]! * dy + shape[2]! * dz;
  const b = shape[3]! * dx + shape[4]! * dy + shape[5]! * dz;
  const c = shape[6]! * dx + shape[7]! * dy + shape[8]! * dz;
  const bump = latticeAt(anatomy.surface, dx, dy, dz);
  return Math.sqrt(a * a + b * b + c * c) - radius * (1 + irregularity * Math.max(-1.2, Math.min(1.2, bump)));
}
