import { dicom } from './dicom/index.ts';
import type { ImageFormat } from './image-format.ts';
import { nifti } from './nifti/index.ts';

/** Formats of simulated images, by the name that `simulate --format` takes. */
export const imageFormats = { nifti, dicom } as const satisfies Readonly<Record<string, ImageFormat>>;
