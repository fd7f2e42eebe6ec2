import { SentinodeError } from '@sentinode/core';
import type { Vector3 } from '@sentinode/volume';
import type { DataSet } from '../data-set/data-set.ts';
import { parseDecimal } from '../data-set/numbers.ts';
import { TAG } from '../data-set/tags.ts';
import { csaOf, SIEMENS } from './siemens.ts';
import type { Slice } from './slice.ts';

/** Whether a Siemens file holds a volume as tiles of one picture. */
export function isMosaic(root: DataSet): boolean {
  return root.texts(TAG.ImageType).includes('MOSAIC');
}

/**
 * The slices of a mosaic: tiles row by row. The position of the file is that of a picture as large as the whole
 * mosaic around the same centre (Siemens' convention), so the first tile begins further in.
 * @param whole the mosaic as if it were one slice
 * @throws SentinodeError `dicom-attribute` where the number of tiles or their direction is not known
 */
export function tilesOfMosaic(root: DataSet, whole: Slice): Slice[] {
  const csa = csaOf(root);
  const tag = root.privateTag(0x0019, SIEMENS.mr, 0x0a);
  const count =
    (tag === undefined ? undefined : root.number(tag, root.get(tag)?.vr === 'UN' ? 'US' : undefined)) ??
    parseDecimal(csa.get('NumberOfImagesInMosaic')?.[0] ?? '');
  const normal = (csa.get('SliceNormalVector') ?? []).map((part) => parseDecimal(part) ?? Number.NaN);
  if (count === undefined || count < 1 || !Number.isInteger(count))
    throw incomplete('the number of its images');
  if (normal.length !== 3 || !normal.every(Number.isFinite)) throw incomplete('the direction of its slices');
  const gap = whole.gap ?? whole.thickness;
  if (gap === undefined || !(gap > 0)) throw incomplete('the distance of its slices');
  const across = Math.ceil(Math.sqrt(count));
  const [columns, rows] = [Math.floor(whole.columns / across), Math.floor(whole.rows / across)];
  if (columns < 1 || rows < 1) throw incomplete('a number of images that fits its size');
  const [x, y] = [
    (whole.spacing[0] * (whole.columns - columns)) / 2,
    (whole.spacing[1] * (whole.rows - rows)) / 2,
  ];
  const first = whole.position.map(
    (mm, axis) => mm + whole.rowDirection[axis] * x + whole.columnDirection[axis] * y,
  );
  return Array.from({ length: count }, (_, tile) => ({
    ...whole,
    columns,
    rows,
    tile: {
      x: (tile % across) * columns,
      y: Math.floor(tile / across) * rows,
      frameColumns: whole.columns,
    },
    position: first.map((mm, axis) => mm + normal[axis] * gap * tile) as unknown as Vector3,
  }));
}

function incomplete(what: string): SentinodeError {
  return new SentinodeError(
    'dicom-attribute',
    `The file is a Siemens mosaic and does not say ${what}. Export the series with its private attributes, or as single slices.`,
  );
}
