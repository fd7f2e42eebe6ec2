import { readDicom } from '../data-set/read-file.ts';
import { readSegmentation } from '../masks/read-segmentation.ts';

/** Names and voxels of the segments of a SEG file. */
export async function segmentsOf(bytes: Uint8Array): Promise<[label: string, voxels: number][]> {
  const { segments } = await readSegmentation(readDicom(bytes));
  return segments.map(({ label, voxels }) => [label, voxels]);
}
