import type { VolumeFormat } from '../volume-format.ts';
import { isNrrd } from './header.ts';
import { readNrrd } from './read-nrrd.ts';
import { writeNrrd } from './write-nrrd.ts';

/** NRRD, attached or detached (read), attached (write). */
export const nrrd = {
  name: 'NRRD',
  extensions: ['.nrrd', '.nhdr'],
  recognises: isNrrd,
  read: readNrrd,
  write: writeNrrd,
} satisfies VolumeFormat;
