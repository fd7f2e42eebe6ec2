import type { Random } from '@sentinode/core';
import { type ClinicalCells, clinicalPatients } from '../clinical/clinical-values.ts';
import { type DropOut, dropOutsOf } from './drop-outs.ts';
import { type Effect, responseDistance } from './effects.ts';

/** A screened patient of the simulated cohort, with what only the simulation knows. */
export interface SimulatedPatient {
  readonly id: string;
  /** 1 = apCR; known to the simulation also where the clinical table does not give it. */
  readonly outcome: 0 | 1;
  readonly cells: ClinicalCells;
  /** Latent response: standard normal given the outcome, higher = better; images and features depend on it alone. */
  readonly response: number;
  /** Why the patient does not take part; null for those who do. */
  readonly dropOut: DropOut | null;
}

type Unnamed = Omit<SimulatedPatient, 'id'>;

/** Drop-outs without a visible tumour responded best. */
const NO_TUMOUR_RESPONSE = 1.2;
const NO_TUMOUR_RATE = 0.85;

/**
 * Everybody who is screened, in the (random) order of the clinical table: `patients` who take part, with the margins of
 * the published Table 1, and those who drop out.
 */
export function screenedPatients(patients: number, effect: Effect, random: Random): SimulatedPatient[] {
  const distance = responseDistance[effect];
  const latent = random.fork('response');
  const drawn = clinicalPatients(patients, random.fork('clinical')).map(
    (patient): Unnamed => ({
      ...patient,
      response: (patient.outcome - 0.5) * distance + latent.normal(),
      dropOut: null,
    }),
  );
  const dropOuts = dropOutsOf(patients).map((dropOut, index) =>
    leaver(dropOut, drawn, distance, random.fork(`drop-out-${index}`)),
  );
  const included = effect === 'none' ? permuteOutcomes(drawn, random.fork('permute')) : drawn;
  const leavers = effect === 'none' ? permuteOutcomes(dropOuts, random.fork('permute-drop-outs')) : dropOuts;
  const all = random.fork('order').shuffle([...included, ...leavers]);
  const digits = Math.max(3, String(all.length).length);
  return all.map((patient, index) => ({ id: `P${String(index + 1).padStart(digits, '0')}`, ...patient }));
}

/** Clinical values of one who leaves are those of a random patient who stays, with an age of their own. */
function leaver(dropOut: DropOut, stay: readonly Unnamed[], distance: number, random: Random): Unnamed {
  const model = stay[random.integer(stay.length)]!;
  const noTumour = dropOut.kind === 'imaging' && dropOut.state === 'no-visible-tumour';
  const outcome = noTumour ? (random.uniform() < NO_TUMOUR_RATE ? 1 : 0) : model.outcome;
  const years = Number(model.cells.age) + Math.round(3 * random.normal());
  return {
    outcome,
    cells: { ...model.cells, age: String(Math.min(84, Math.max(21, years))) },
    response: (outcome - 0.5) * distance + random.normal() + (noTumour ? NO_TUMOUR_RESPONSE : 0),
    dropOut,
  };
}

function permuteOutcomes(patients: readonly Unnamed[], random: Random): Unnamed[] {
  const outcomes = random.shuffle(patients.map((patient) => patient.outcome));
  return patients.map((patient, index) => ({ ...patient, outcome: outcomes[index]! }));
}
