import { pow } from '@sentinode/core';
import type { Workbench } from '../../linear-algebra/compiled/index.ts';
import type { Layer } from './network.ts';
import type { MlpOptions } from './options.ts';

/** Moves the parameters by a gradient. */
export interface Optimiser {
  step(layers: readonly Layer[], gradients: readonly Layer[]): void;
  /** After an epoch; `seen` is the number of rows seen so far. */
  endEpoch(seen: number): void;
  /** Training has stalled: false when it may go on with a smaller rate. */
  mayStop(): boolean;
}

type Arrays = readonly Float64Array[];
const arraysOf = (layers: readonly Layer[]): Arrays =>
  layers.flatMap((layer) => [layer.weights, layer.intercepts]);

/** Arrays of the size of every parameter that an optimiser keeps. */
export const KEPT_COPIES = 2;

/** @param bench with room for `KEPT_COPIES` */
export function createOptimiser(layers: readonly Layer[], options: MlpOptions, bench: Workbench): Optimiser {
  return options.solver === 'adam' ? adam(layers, options, bench) : sgd(layers, options);
}

/** Adam (Kingma & Ba 2015) with the bias correction in the rate. */
function adam(layers: readonly Layer[], options: MlpOptions, bench: Workbench): Optimiser {
  const { beta_1, beta_2, epsilon, learning_rate_init } = options;
  const first = arraysOf(layers).map((array) => bench.array(array.length));
  const second = arraysOf(layers).map((array) => bench.array(array.length));
  let steps = 0;
  return {
    step: (current, gradients) => {
      steps++;
      const rate = (learning_rate_init * Math.sqrt(1 - pow(beta_2, steps))) / (1 - pow(beta_1, steps));
      const slopes = arraysOf(gradients);
      arraysOf(current).forEach((values, index) => {
        const gradient = slopes[index]!;
        const m = first[index]!;
        const v = second[index]!;
        const compiled = bench.on(values, gradient, m, v);
        if (compiled !== undefined) {
          const at = compiled.at as [number, number, number, number];
          compiled.loops.adam(...at, values.length, beta_1, beta_2, rate, epsilon);
          return;
        }
        for (let i = 0; i < values.length; i++) {
          const g = gradient[i]!;
          const mean = beta_1 * m[i]! + (1 - beta_1) * g;
          const square = beta_2 * v[i]! + (1 - beta_2) * (g * g);
          m[i] = mean;
          v[i] = square;
          values[i]! -= (rate * mean) / (Math.sqrt(square) + epsilon);
        }
      });
    },
    endEpoch: () => {},
    mayStop: () => true,
  };
}

/** Gradient descent with (Nesterov) momentum and scikit-learn's three schedules of the rate. */
function sgd(layers: readonly Layer[], options: MlpOptions): Optimiser {
  const { momentum, nesterovs_momentum, learning_rate, learning_rate_init, power_t } = options;
  const velocities = arraysOf(layers).map((array) => new Float64Array(array.length));
  let rate = learning_rate_init;
  return {
    step: (current, gradients) => {
      const slopes = arraysOf(gradients);
      arraysOf(current).forEach((values, index) => {
        const gradient = slopes[index]!;
        const velocity = velocities[index]!;
        for (let i = 0; i < values.length; i++) {
          const pull = rate * gradient[i]!;
          const speed = momentum * velocity[i]! - pull;
          velocity[i] = speed;
          values[i]! += nesterovs_momentum ? momentum * speed - pull : speed;
        }
      });
    },
    endEpoch: (seen) => {
      if (learning_rate === 'invscaling') rate = learning_rate_init / pow(seen + 1, power_t);
    },
    mayStop: () => {
      if (learning_rate !== 'adaptive' || rate <= 1e-6) return true;
      rate /= 5;
      return false;
    },
  };
}
