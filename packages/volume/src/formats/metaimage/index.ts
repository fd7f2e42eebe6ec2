import type { VolumeFormat } from '../volume-format.ts';
import { isMetaImage } from './header.ts';
import { readMetaImage } from './read-metaimage.ts';

/** MetaImage (read): `.mha`, and `.mhd` with its data beside it. */
export const metaImage = {
  name: 'MetaImage',
  extensions: ['.mha', '.mhd'],
  recognises: isMetaImage,
  read: readMetaImage,
} satisfies VolumeFormat;
