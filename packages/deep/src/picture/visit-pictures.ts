import { withPlace } from '@sentinode/core';
import { assertSameGrid, type Mask, type Vector3, type Volume } from '@sentinode/volume';
import { type AxialView, axialView, slicePicture } from '../slice/axial-view.ts';
import { endsBefore, sliceThrough, towardsHead, tumourPosition } from '../slice/choose-slice.ts';
import { largestSlice } from '../slice/largest-slice.ts';
import { cutRegion } from './cut.ts';
import type { PictureOptions } from './options.ts';
import type { Picture } from './picture.ts';
import { resize, resizeLevels } from './resize/index.ts';
import { applyWindow, windowOf } from './window.ts';

/** One sequence of a visit: image, tumour, and the image's name for errors. */
export interface SequenceImage {
  readonly volume: Volume;
  readonly mask: Mask;
  readonly file: string;
}

/** Red, green and blue of one slice, grey values 0 to 1, side x side. */
export type ColourPicture = readonly [Picture, Picture, Picture];

/**
 * The pictures of a visit that the network is shown, one for each offset from the chosen slice.
 * @param channels the sequences in red, green and blue; one sequence may stand in several
 * @param offsets slices towards the head; where the volume ends its outermost slice is taken again
 * @throws SentinodeError `mask-empty`, `mask-geometry`, `mask-size`, `volume-nan`, `slice-outside`, with the file
 */
export function visitPictures(
  channels: readonly [SequenceImage, SequenceImage, SequenceImage],
  offsets: readonly number[],
  options: PictureOptions,
  side: number,
): ColourPicture[] {
  const place = placeOf(channels, options);
  const found = new Map<SequenceImage, Picture[]>();
  for (const image of channels) {
    if (found.has(image)) continue;
    found.set(
      image,
      withPlace({ file: image.file }, () => sequencePictures(image, place, offsets, options, side)),
    );
  }
  return offsets.map(
    (_, index) => channels.map((image) => found.get(image)![index]!) as unknown as ColourPicture,
  );
}

/**
 * For each offset, in how many sequences the volume ends before it, so that its outermost slice is taken again.
 * @throws SentinodeError as {@link visitPictures}
 */
export function slicesTakenAgain(
  channels: readonly [SequenceImage, SequenceImage, SequenceImage],
  offsets: readonly number[],
  options: PictureOptions,
): number[] {
  const place = placeOf(channels, options);
  const images = [...new Set(channels)];
  return offsets.map(
    (offset) =>
      images.filter((image) =>
        withPlace({ file: image.file }, () => {
          const { geometry } = image.volume;
          const view = axialView(geometry);
          return endsBefore(geometry, view, chosenSlice(image, view, place), offset);
        }),
      ).length,
  );
}

/** Where in the patient slices are cut, if all sequences are cut at one place. */
function placeOf([red]: readonly SequenceImage[], { slice }: PictureOptions): Vector3 | null {
  return slice === 'same-position' ? withPlace({ file: red!.file }, () => tumourPosition(red!.mask)) : null;
}

function chosenSlice({ volume, mask }: SequenceImage, view: AxialView, place: Vector3 | null): number {
  return place === null ? largestSlice(mask, view) : sliceThrough(volume.geometry, view, place);
}

function sequencePictures(
  image: SequenceImage,
  place: Vector3 | null,
  offsets: readonly number[],
  options: PictureOptions,
  side: number,
): Picture[] {
  const { volume, mask } = image;
  assertSameGrid(volume, mask);
  const { geometry } = volume;
  const view = axialView(geometry);
  const chosen = chosenSlice(image, view, place);
  return offsets.map((offset) => {
    const index = towardsHead(geometry, view, chosen, offset);
    const slice = slicePicture(volume, view, index);
    const scaled = applyWindow(slice, windowOf(slice, volume.data, options));
    const shown = cutRegion(scaled, slicePicture(mask, view, index), options, geometry, view);
    return resized(shown, options, side);
  });
}

function resized(picture: Picture, options: PictureOptions, side: number): Picture {
  if (options.depth === 'float') return resize(picture, side, side, options);
  const levels = { ...picture, values: picture.values.map((value) => Math.floor(value * 255 + 0.5)) };
  const method = options.resize === 'bicubic' ? 'bicubic' : 'bilinear';
  const { values, ...size } = resizeLevels(levels, side, side, method);
  return { ...size, values: values.map((level) => level / 255) };
}
