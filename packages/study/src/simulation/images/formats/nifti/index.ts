import { type Volume, writeVolume } from '@sentinode/volume';
import type { SimulatedFile } from '../../../simulated-file.ts';
import { labelsOf } from '../../patient-images.ts';
import { readers } from '../../sequences.ts';
import type { ImageFormat } from '../image-format.ts';

/** One volume per file, named as the study file says: images, masks of both readers, their consensus. */
export const nifti = {
  async *files(patient, _rows, images) {
    for (const { visit, sequence, image, masks } of images) {
      const name = `${patient.id}/${visit}_${sequence}`;
      yield file(`images/${name}.nii.gz`, image);
      if (masks === null) continue;
      const { geometry } = image;
      for (const [reader, data] of masks.readers.entries())
        yield file(`masks/${name}_${readers[reader]}.nii.gz`, labelsOf(geometry, data));
      yield file(`masks/${name}.nii.gz`, labelsOf(geometry, masks.consensus));
    }
  },
} satisfies ImageFormat;

function file(path: string, volume: Volume): SimulatedFile {
  return { path, bytes: writeVolume(volume, path) };
}
