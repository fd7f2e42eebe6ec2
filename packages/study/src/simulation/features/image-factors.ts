import { type Random, sqrt } from '@sentinode/core';
import { type Effect, responseDistance } from '../cohort/effects.ts';
import type { SimulatedPatient } from '../cohort/screened-patients.ts';
import { type Sequence, sequences, type Visit, visits } from '../images/sequences.ts';

/** What varies between tumours on an image; features are functions of these. */
export const imageFactors = ['size', 'intensity', 'contrast', 'fine', 'coarse', 'irregularity'] as const;

/**
 * Correlation of factors with the latent response, by visit and sequence; every other factor knows nothing of it.
 * Before therapy an even tumour, after it a small and faint one.
 */
const responseLoadings: Readonly<Record<string, number>> = {
  'pre/DCE/fine': -0.35,
  'pre/T2WI/irregularity': -0.3,
  'post/DCE/size': -0.45,
  'post/DCE/contrast': -0.4,
  'post/T2WI/coarse': 0.35,
  'post/DWI/intensity': -0.45,
};

/** Shares of a factor's variance that is not the response: patient, patient and visit, patient and sequence, image. */
const shares = { patient: 0.25, visit: 0.2, sequence: 0.17, image: 0.38 } as const;

/** Standard normal values per patient for each factor of one image. */
export type FactorValues = readonly Float64Array[];

/** Latent response of each patient with variance 1 over the cohort. */
export function standardResponses(patients: readonly SimulatedPatient[], effect: Effect): Float64Array {
  const distance = responseDistance[effect];
  const spread = sqrt(1 + (distance * distance) / 4);
  return Float64Array.from(patients, (patient) => patient.response / spread);
}

/** Standard normal draws, one per patient. */
export function draws(random: Random, n: number): Float64Array {
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = random.normal();
  return values;
}

/** Factors of every image, `[visit][sequence][factor]`, correlated within a patient as images of one tumour are. */
export function factorsOfImages(
  responses: Float64Array,
  random: Random,
): Record<Visit, Record<Sequence, FactorValues>> {
  const n = responses.length;
  const named = (name: string): Float64Array => draws(random.fork(name), n);
  const perImage = (visit: Visit, sequence: Sequence): FactorValues =>
    imageFactors.map((factor) => {
      const loading = responseLoadings[`${visit}/${sequence}/${factor}`] ?? 0;
      const rest = sqrt(1 - loading * loading);
      const patient = named(factor);
      const atVisit = named(`${factor}/${visit}`);
      const inSequence = named(`${factor}/${sequence}`);
      const own = named(`${factor}/${visit}/${sequence}`);
      return Float64Array.from(
        responses,
        (response, i) =>
          loading * response +
          rest *
            (sqrt(shares.patient) * patient[i]! +
              sqrt(shares.visit) * atVisit[i]! +
              sqrt(shares.sequence) * inSequence[i]! +
              sqrt(shares.image) * own[i]!),
      );
    });
  return Object.fromEntries(
    visits.map((visit) => [
      visit,
      Object.fromEntries(sequences.map((sequence) => [sequence, perImage(visit, sequence)])),
    ]),
  ) as Record<Visit, Record<Sequence, FactorValues>>;
}
