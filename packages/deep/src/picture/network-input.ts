import { SentinodeError } from '@sentinode/core';
import type { NetworkInterface } from '../backbone.ts';
import type { ColourPicture } from './visit-pictures.ts';

/**
 * What the network sees: the three pictures with the mean and standard deviation of its training, in the order of its
 * channels. Values [3, side, side] in C order.
 */
export function networkInput(
  pictures: ColourPicture,
  { mean, sd, channels, side }: NetworkInterface,
): Float32Array {
  const area = side * side;
  const input = new Float32Array(3 * area);
  const order = channels === 'RGB' ? [0, 1, 2] : [2, 1, 0];
  order.forEach((colour, channel) => {
    const { values } = pictures[colour]!;
    for (let index = 0; index < area; index++)
      input[channel * area + index] = (values[index]! - mean[channel]!) / sd[channel]!;
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
