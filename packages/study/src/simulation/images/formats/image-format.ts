import type { Random } from '@sentinode/core';
import type { SimulatedPatient } from '../../cohort/screened-patients.ts';
import type { VisitRow } from '../../cohort/visit-table.ts';
import type { SimulatedFile } from '../../simulated-file.ts';
import type { PatientImage } from '../patient-images.ts';

/** How the images of a simulated patient become files. One folder each, one line in `index.ts`. */
export interface ImageFormat {
  readonly files: (
    patient: SimulatedPatient,
    rows: readonly VisitRow[],
    images: Iterable<PatientImage>,
    random: Random,
  ) => AsyncGenerator<SimulatedFile>;
}
