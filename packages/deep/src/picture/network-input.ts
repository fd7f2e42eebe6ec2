import { SentinodeError, withPlace } from '@sentinode/core';
import type { Picture } from '../slice/largest-slice.ts';
import { resize } from './resize.ts';

/** Side of the picture that the network sees. */
export const INPUT_SIZE = 224;

/** Mean and standard deviation of ImageNet's red, green and blue, as torchvision's networks were trained with. */
const imageNet = { mean: [0.485, 0.456, 0.406], sd: [0.229, 0.224, 0.225] } as const;

/** A picture scaled to 0..1 by its lowest and highest value; a flat one becomes 0. */
export function minMax({ width, height, values }: Picture): Picture {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value))
      throw new SentinodeError('volume-nan', 'The slice holds values that are not finite; replace them.');
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { width, height, values: values.map((value) => (high > low ? (value - low) / (high - low) : 0)) };
}

/** A grey value 0..1 of a colour (0 red, 1 green, 2 blue) on the scale that the network was trained with. */
export function imageNetScore(value: number, channel: number): number {
  return (value - imageNet.mean[channel]!) / imageNet.sd[channel]!;
}

/**
 * What the network sees: three pictures as red, green and blue, each scaled to 0..1 by its own lowest and highest value,
 * resized to 224 x 224, normalised as ImageNet. Values [3, 224, 224] in C order.
 * @param files names of the images, for errors
 * @throws SentinodeError `volume-nan`
 */
export function networkInput(
  channels: readonly [Picture, Picture, Picture],
  files: readonly string[] = [],
): Float32Array {
  const area = INPUT_SIZE * INPUT_SIZE;
  const input = new Float32Array(3 * area);
  channels.forEach((picture, channel) => {
    const scaled = withPlace({ file: files[channel] }, () => minMax(picture));
    const { values } = resize(scaled, INPUT_SIZE, INPUT_SIZE);
    for (let index = 0; index < area; index++)
      input[channel * area + index] = imageNetScore(values[index]!, channel);
  });
  return input;
}

/** The published mapping: DCE in red, DWI in green, T2WI in blue. */
const published = ['DCE', 'DWI', 'T2WI'] as const;

/**
 * Which sequence stands in red, green and blue: the published mapping where the study has these names, the study's order
 * for three others, one sequence in all three.
 * @throws SentinodeError `option-invalid` for any other number of sequences
 */
export function channelsOf(sequences: readonly string[]): readonly [string, string, string] {
  if (published.every((name) => sequences.includes(name))) return published;
  const [first, second, third] = sequences;
  if (sequences.length === 3) return [first!, second!, third!];
  if (sequences.length === 1) return [first!, first!, first!];
  throw new SentinodeError(
    'option-invalid',
    `Deep features need DCE, DWI and T2WI, or three sequences, or one; the study has ${sequences.join(', ')}.`,
    { field: 'images.sequences' },
  );
}
