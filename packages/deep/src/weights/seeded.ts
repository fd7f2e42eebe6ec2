import { createRandom, sqrt } from '@sentinode/core';
import { type Architecture, tensorsOf } from '../resnet/architecture.ts';
import type { StateDict } from './state-dict.ts';

/**
 * Weights of a network that is not trained: convolutions uniform with the variance of He et al. 2015, normalisation
 * near the identity, the last of a residual branch smaller so that the sum over blocks stays bounded. Same seed, same
 * bits. Each tensor is made when it is asked for. For demonstrations and tests only.
 */
export function seededWeights(architecture: Architecture, seed: number): StateDict {
  const shapes = new Map(tensorsOf(architecture).map(({ name, shape }) => [name, shape]));
  return {
    get: (name) => {
      const shape = shapes.get(name);
      if (shape === undefined) return undefined;
      const random = createRandom(seed, `weights/${name}`);
      const [low, width] = rangeOf(name, shape);
      const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
      for (let index = 0; index < values.length; index++) values[index] = low + width * random.uniform();
      return values;
    },
  };
}

/** Lower end and width of the uniform distribution of a tensor. */
function rangeOf(name: string, shape: readonly number[]): readonly [number, number] {
  if (name.endsWith('running_var')) return [0.5, 1];
  if (name.endsWith('running_mean') || name.endsWith('bias')) return [-0.2, 0.4];
  if (shape.length === 1) return [/bn3\.weight$/.test(name) ? 0.3 : 0.8, 0.4];
  const bound = sqrt(6 / shape.slice(1).reduce((product, size) => product * size, 1));
  return [-bound, 2 * bound];
}
