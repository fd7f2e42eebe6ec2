import type { Random } from '@sentinode/core';
import type { Geometry, Volume } from '@sentinode/volume';
import type { SimulatedPatient } from '../cohort/screened-patients.ts';
import type { VisitRow } from '../cohort/visit-table.ts';
import { acquisitionGrid, voxelSize } from './acquisition.ts';
import { type DrawnMasks, drawMasks } from './draw-masks.ts';
import type { PatientAnatomy } from './patient-anatomy.ts';
import { renderImage } from './render-image.ts';
import { protocols, type Sequence, sequences, type Visit, visits } from './sequences.ts';

/** One image of a patient, and the masks of those that show a tumour. */
export interface PatientImage {
  readonly visit: Visit;
  readonly sequence: Sequence;
  readonly image: Volume;
  readonly masks: DrawnMasks | null;
  /** The same field of view once more, with the contrast of a sequence and noise of its own. */
  readonly again: (contrast: Sequence, withTumour: boolean, stream: string) => Volume;
}

/**
 * Images and masks of one patient. Those who leave before imaging have none; a visit without MRI has none; a visit
 * without visible tumour has images and no masks; a missing sequence lacks its image and masks.
 */
export function* patientImages(
  patient: SimulatedPatient,
  rows: readonly VisitRow[],
  anatomy: PatientAnatomy,
  random: Random,
): Generator<PatientImage> {
  const { dropOut } = patient;
  if (dropOut !== null && dropOut.kind !== 'imaging') return;
  const missing =
    dropOut?.state === 'sequence-missing' ? random.fork('missing').integer(sequences.length) : undefined;
  for (const visit of visits) {
    const status = rows.find((row) => row.visit === visit)!.status;
    if (status === 'missing') continue;
    const visible = status === 'imaged';
    for (const [index, sequence] of sequences.entries()) {
      if (visit === 'post' && index === missing) continue;
      const spacing = voxelSize(protocols[sequence], random.fork(`voxel-${sequence}`));
      const stream = random.fork(`${visit}-${sequence}`);
      const geometry = acquisitionGrid(
        spacing,
        anatomy.position[visit],
        anatomy.lengths,
        stream.fork('grid'),
      );
      const drawn = (contrast: Sequence, withTumour: boolean, name: string): Volume =>
        renderImage(anatomy, visit, contrast, geometry, withTumour, stream.fork(name));
      yield {
        visit,
        sequence,
        image: drawn(sequence, visible, 'image'),
        masks: visible ? drawMasks(anatomy, visit, geometry, stream.fork('masks')) : null,
        again: drawn,
      };
    }
  }
}

/** A mask as a label volume. */
export function labelsOf(geometry: Geometry, data: Uint8Array): Volume {
  return { geometry, elementType: 'uint8', data };
}
