import { createRandom } from '@sentinode/core';
import type { SimulatedPatient } from '../cohort/screened-patients.ts';
import type { VisitRow } from '../cohort/visit-table.ts';
import type { SimulationOptions } from '../options.ts';
import type { SimulatedFile } from '../simulated-file.ts';
import { imageFormats } from './formats/index.ts';
import { type PatientAnatomy, patientAnatomy, tumourCentre } from './patient-anatomy.ts';
import { patientImages } from './patient-images.ts';
import { visits } from './sequences.ts';

/** Factor on all lengths by detail. */
const lengthsOf = { small: 1, full: 1.9 } as const;

/** One patient to be drawn. Plain data, so that it can be sent to another thread. */
export interface PatientJob {
  readonly patient: SimulatedPatient;
  /** The patient's visits. */
  readonly rows: readonly VisitRow[];
  readonly seed: number;
  readonly detail: SimulationOptions['detail'];
  readonly format: SimulationOptions['format'];
}

export interface DrawnPatient {
  readonly files: readonly SimulatedFile[];
  /** Values of `tumourColumns`. */
  readonly truth: readonly number[];
}

/** Images and masks of one patient. The same job gives the same bytes on every machine. */
export async function drawPatient({
  patient,
  rows,
  seed,
  detail,
  format,
}: PatientJob): Promise<DrawnPatient> {
  const stream = createRandom(seed, 'simulation').fork(`patient/${patient.id}`);
  const anatomy = patientAnatomy(patient, lengthsOf[detail], stream.fork('anatomy'));
  const files: SimulatedFile[] = [];
  const images = patientImages(patient, rows, anatomy, stream);
  for await (const file of imageFormats[format].files(patient, rows, images, stream)) files.push(file);
  return { files, truth: tumourTruth(anatomy) };
}

function tumourTruth(anatomy: PatientAnatomy): number[] {
  return visits.flatMap((visit) =>
    [2 * anatomy.tumour.states[visit].radius, ...tumourCentre(anatomy, visit)].map(
      (value) => Math.round(value * 1000) / 1000,
    ),
  );
}
