import type { LevelVolume } from '../level-volume.ts';
import { compiledTexture } from './compiled.ts';
import { plainTexture } from './plain.ts';
import type { TextureKernels } from './texture-kernels.ts';

export { forEachZone } from './plain.ts';
export type { TextureKernels, ToneMatrix } from './texture-kernels.ts';

/** Regions below this many voxels are done before their arrays are copied, as those of feature maps. */
const WORTH_COPYING = 200;

/** The place where an implementation is chosen; the results are the same. */
export function textureKernels({ voxels }: Pick<LevelVolume, 'voxels'>): TextureKernels {
  const compiled = voxels.length < WORTH_COPYING ? undefined : compiledTexture();
  return compiled ?? plainTexture;
}

/** Sums over a matrix of probabilities, by the implementation that suits its size. */
export const jointSums: TextureKernels['jointSums'] = (p, ...rest) =>
  (p.length < WORTH_COPYING ? plainTexture : (compiledTexture() ?? plainTexture)).jointSums(p, ...rest);
