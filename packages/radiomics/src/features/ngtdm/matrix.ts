import { type Neighbourhood, stepsBothWays, touching } from '../../kernels/directions.ts';
import type { LevelVolume } from '../../kernels/level-volume.ts';
import { type ToneMatrix, textureKernels } from '../../kernels/texture/index.ts';

/** Grey tone differences by level over the neighbours; without a neighbourhood the 26 that touch (8 in one slice). */
export function toneMatrix(volume: LevelVolume, neighbourhood: Neighbourhood = touching()): ToneMatrix {
  const steps = stepsBothWays(volume.size, volume.strides, neighbourhood);
  return textureKernels(volume).tones(volume, steps);
}
