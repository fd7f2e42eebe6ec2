import { cos, type Random, sin } from '@sentinode/core';
import type { Picture } from '../picture.ts';
import type { ColourPicture } from '../visit-pictures.ts';
import type { AugmentationOptions } from './options.ts';

/** One change of a picture; all pictures of a copy of a patient are changed alike, so that visits stay comparable. */
export interface Augmentation {
  readonly flips: readonly ('horizontal' | 'vertical')[];
  /** Degrees, counter-clockwise as the picture is looked at. */
  readonly rotation: number;
  /** Factor of the grey values. */
  readonly brightness: number;
}

/** Draws a change: each flip with probability 1/2, angle and factor uniform in their ranges. */
export function drawAugmentation(
  { flips, rotation, brightness }: AugmentationOptions,
  random: Random,
): Augmentation {
  const symmetric = (most: number): number => most * (2 * random.uniform() - 1);
  return {
    flips: flips.filter(() => random.uniform() < 0.5),
    rotation: symmetric(rotation),
    brightness: 1 + symmetric(brightness),
  };
}

/** The changed picture: flips, then the rotation, then brightness, each as torchvision does it. */
export function augment(
  colours: ColourPicture,
  { flips, rotation, brightness }: Augmentation,
): ColourPicture {
  const changed = (channel: Picture): Picture => {
    let own = channel;
    for (const direction of flips) own = flip(own, direction);
    return brighten(rotate(own, rotation), brightness);
  };
  return [changed(colours[0]), changed(colours[1]), changed(colours[2])];
}

/** Mirrored left to right (horizontal) or top to bottom (vertical). */
export function flip({ width, height, values }: Picture, direction: 'horizontal' | 'vertical'): Picture {
  const mirrored = new Float64Array(values.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = direction === 'horizontal' ? y * width + width - 1 - x : (height - 1 - y) * width + x;
      mirrored[y * width + x] = values[from]!;
    }
  return { width, height, values: mirrored };
}

/** Grey values times a factor, cut at 0 and 1. */
export function brighten({ width, height, values }: Picture, factor: number): Picture {
  return { width, height, values: values.map((value) => Math.min(1, Math.max(0, value * factor))) };
}

/**
 * Turned about its centre, counter-clockwise as it is looked at, bilinear; black comes in at the corners. As
 * torchvision's `rotate` of a tensor with `fill` 0, which weighs a pixel at the border by the part of it that lies inside
 * twice.
 * @param angle degrees
 */
export function rotate(picture: Picture, angle: number): Picture {
  if (angle === 0) return picture;
  const { width, height, values } = picture;
  const [c, s] = [cos((angle * Math.PI) / 180), sin((angle * Math.PI) / 180)];
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const turned = new Float64Array(values.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [dx, dy] = [column - middleX, row - middleY];
      turned[row * width + column] = sample(picture, middleX + c * dx - s * dy, middleY + s * dx + c * dy);
    }
  }
  return { width, height, values: turned };
}

/** Bilinear value at a place, times the weight of the pixels that lie inside. */
function sample({ width, height, values }: Picture, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  let value = 0;
  let inside = 0;
  for (const [column, across] of [
    [left, 1 - (x - left)],
    [left + 1, x - left],
  ] as const)
    for (const [row, down] of [
      [top, 1 - (y - top)],
      [top + 1, y - top],
    ] as const) {
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      value += across * down * values[row * width + column]!;
      inside += across * down;
    }
  return value * inside;
}
