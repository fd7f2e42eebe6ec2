import type { Geometry } from '@sentinode/volume';
import type { AxialView } from '../slice/axial-view.ts';
import type { PictureOptions } from './options.ts';
import type { Picture } from './picture.ts';

/**
 * The part of a picture that the network is shown: all of it, the tumour's box with a margin (clipped at the border), or
 * the tumour on black.
 * @param tumour the mask's picture of the same slice; a slice without tumour (beside the largest) is left whole
 */
export function cutRegion(
  picture: Picture,
  tumour: Picture,
  { region, margin }: PictureOptions,
  { spacing }: Geometry,
  view: AxialView,
): Picture {
  if (region === 'slice') return picture;
  if (region === 'masked')
    return { ...picture, values: picture.values.map((value, at) => (tumour.values[at] === 0 ? 0 : value)) };
  const box = boxOf(tumour);
  if (box === undefined) return picture;
  const [across, down] = [spacing[view.column]!, spacing[view.row]!].map((step) => Math.round(margin / step));
  const left = Math.max(0, box.left - across!);
  const right = Math.min(picture.width - 1, box.right + across!);
  const top = Math.max(0, box.top - down!);
  const bottom = Math.min(picture.height - 1, box.bottom + down!);
  const width = right - left + 1;
  const height = bottom - top + 1;
  const values = new Float64Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      values[y * width + x] = picture.values[(top + y) * picture.width + left + x]!;
  return { width, height, values };
}

function boxOf({ width, values }: Picture) {
  const box = { left: Number.POSITIVE_INFINITY, right: -1, top: Number.POSITIVE_INFINITY, bottom: -1 };
  values.forEach((value, at) => {
    if (value === 0) return;
    const [x, y] = [at % width, Math.floor(at / width)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  });
  return box.right < 0 ? undefined : box;
}
