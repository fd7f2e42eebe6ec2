import type { Random } from '@sentinode/core';
import type { SimulatedPatient } from '../cohort/screened-patients.ts';
import { rotation } from './rotation.ts';
import { type Sequence, type Visit, visits } from './sequences.ts';

/** A tumour at one visit, as the response of its patient made it. */
interface TumourState {
  /** Radius of the sphere of the same size before bumps, mm. */
  readonly radius: number;
  /** Height of the bumps of its surface, share of the radius. */
  readonly irregularity: number;
  /** Spread of the signal inside, share of the tumour's signal. */
  readonly heterogeneity: number;
  /** Signal over gland per sequence; 1 is typical before therapy. */
  readonly conspicuity: Readonly<Record<Sequence, number>>;
}

/** A patient's tumour: where it lies and what it is at each visit. */
export interface Tumour {
  /** Centre in the breast's own coordinates, mm. */
  readonly centre: readonly [number, number, number];
  /** Maps an offset from the centre to one in which the tumour is round (3 x 3, row-major). */
  readonly shape: readonly number[];
  readonly states: Readonly<Record<Visit, TumourState>>;
}

/** Radius before therapy by clinical T, mm (true sizes are larger: the field of view is a part of the breast). */
const radiusOfStage: Readonly<Record<string, number>> = { T1: 7.2, T2: 8.8, T3: 10.4, T4: 9.4 };
/** A region after therapy keeps several hundred voxels of 1 mm. */
const SMALLEST_RADIUS = 4.9;
const LARGEST_RADIUS = 11.5;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * The tumour of a patient. A good response shows in a smoother, more even and slightly brighter tumour before therapy,
 * and in a smaller, fainter and more even one after it; every sign has its own noise.
 * @param lengths factor on all lengths
 */
export function tumourOf(patient: SimulatedPatient, lengths: number, random: Random): Tumour {
  const r = clamp(patient.response, -3.2, 3.2);
  const stage = radiusOfStage[patient.cells.ct] ?? radiusOfStage.T2!;
  const noise = (sd: number): number => sd * random.normal();
  const pre = clamp(stage * (1 + noise(0.08)), 6.2, LARGEST_RADIUS);
  const left = clamp(0.78 - 0.05 * r + noise(0.1), 0.4, 1.02);
  const post = clamp(pre * left, SMALLEST_RADIUS, LARGEST_RADIUS);
  const bumps = clamp(0.22 - 0.015 * r + noise(0.04), 0.08, 0.34);
  const uneven = clamp(0.3 - 0.025 * r + noise(0.06), 0.08, 0.55);
  const conspicuity = {
    DCE: clamp(1 + 0.03 * r + noise(0.12), 0.6, 1.5),
    T2WI: clamp(1 - 0.03 * r + noise(0.14), 0.4, 1.6),
    DWI: clamp(1 + 0.03 * r + noise(0.12), 0.6, 1.5),
  };
  const fading = (sd: number): number => clamp(0.78 - 0.05 * r + noise(sd), 0.3, 1.15);
  const stretch = [1 + noise(0.1), 1 + noise(0.1), 1 + noise(0.1)].map((axis) => clamp(axis, 0.8, 1.25));
  const turn = rotation(360 * random.uniform(), 360 * random.uniform(), 360 * random.uniform());
  const place = (reach: number): number => (2 * random.uniform() - 1) * reach * lengths;
  return {
    centre: [place(8), place(5) + 1 * lengths, place(3)],
    shape: turn.map((entry, at) => entry / stretch[Math.floor(at / 3)]!),
    states: {
      pre: { radius: pre * lengths, irregularity: bumps, heterogeneity: uneven, conspicuity },
      post: {
        radius: post * lengths,
        irregularity: clamp(bumps + 0.03 - 0.015 * r + noise(0.03), 0.08, 0.36),
        heterogeneity: clamp(uneven + 0.04 - 0.025 * r + noise(0.05), 0.08, 0.6),
        conspicuity: {
          DCE: conspicuity.DCE * fading(0.12),
          T2WI: conspicuity.T2WI * fading(0.14),
          DWI: conspicuity.DWI * fading(0.12),
        },
      },
    },
  };
}

/** Columns that `truth.csv` has on the tumour. */
export const tumourColumns = visits.flatMap((visit) => [
  `${visit}_diameter_mm`,
  ...['x', 'y', 'z'].map((axis) => `${visit}_centre_${axis}_mm`),
]);
