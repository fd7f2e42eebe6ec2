import type { VolumeFormat } from '../volume-format.ts';
import { niftiKind } from './header.ts';
import { readNifti } from './read-nifti.ts';
import { writeNifti } from './write-nifti.ts';

/** NIfTI-1 and NIfTI-2 (read), NIfTI-1 (write). */
export const nifti = {
  name: 'NIfTI',
  extensions: ['.nii', '.nii.gz', '.hdr'],
  recognises: (head) => niftiKind(head) !== undefined,
  read: readNifti,
  write: writeNifti,
} satisfies VolumeFormat;
