import type { Random } from '@sentinode/core';
import { type Volume, writeVolume } from '@sentinode/volume';
import type { SimulatedPatient } from '../cohort/screened-patients.ts';
import type { VisitRow } from '../cohort/visit-table.ts';
import type { SimulatedFile } from '../simulated-file.ts';
import { acquisitionGrid, voxelSize } from './acquisition.ts';
import { drawMasks } from './draw-masks.ts';
import type { PatientAnatomy } from './patient-anatomy.ts';
import { renderImage } from './render-image.ts';
import { protocols, readers, sequences, visits } from './sequences.ts';

/**
 * Images and masks of one patient. Those who leave before imaging have none; a visit without MRI has none; a visit
 * without visible tumour has images and no masks; a missing sequence lacks its image and masks.
 */
export function* patientFiles(
  patient: SimulatedPatient,
  rows: readonly VisitRow[],
  anatomy: PatientAnatomy,
  random: Random,
): Generator<SimulatedFile> {
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
      const name = `${patient.id}/${visit}_${sequence}`;
      const file = (path: string, volume: Volume): SimulatedFile => ({
        path,
        bytes: writeVolume(volume, path),
      });
      yield file(
        `images/${name}.nii.gz`,
        renderImage(anatomy, visit, sequence, geometry, visible, stream.fork('image')),
      );
      if (!visible) continue;
      const drawn = drawMasks(anatomy, visit, geometry, stream.fork('masks'));
      const mask = (data: Uint8Array): Volume => ({ geometry, elementType: 'uint8', data });
      for (const [reader, data] of drawn.readers.entries())
        yield file(`masks/${name}_${readers[reader]}.nii.gz`, mask(data));
      yield file(`masks/${name}.nii.gz`, mask(drawn.consensus));
    }
  }
}
