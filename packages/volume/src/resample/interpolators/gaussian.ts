import { errorFunction } from './error-function.ts';
import { type Interpolation, type Samples, strideOf } from './interpolation.ts';

/** Weights of the voxels along one axis: the mass of a Gaussian over each voxel. */
interface AxisWeights {
  /** Places in the part of the first and after the last voxel, in steps of `stride`. */
  first: number;
  end: number;
  readonly stride: number;
  readonly weights: Float64Array;
  prepare(c: number): void;
}

/** @param sigma in mm of the axis, @param cut voxels beyond this many sigmas do not count */
function axisWeights(samples: Samples, axis: 0 | 1 | 2, sigma: number, cut: number): AxisWeights {
  const n = samples.size[axis];
  const start = samples.part.start[axis];
  const spacing = samples.spacing[axis];
  const scale = 1 / ((Math.SQRT2 * sigma) / spacing);
  const distance = (sigma * cut) / spacing;
  let last = Number.NaN;
  const found: AxisWeights = {
    first: 0,
    end: 0,
    stride: strideOf(samples, axis),
    weights: new Float64Array(2 * Math.ceil(distance) + 3),
    prepare: (c) => {
      if (c === last) return;
      last = c;
      const begin = Math.max(0, Math.floor(c + 0.5 - distance));
      const end = Math.min(n, Math.ceil(c + 0.5 + distance));
      let t = (-0.5 - c + begin) * scale;
      let before = errorFunction(t);
      for (let k = begin; k < end; k++) {
        t += scale;
        const now = errorFunction(t);
        found.weights[k - begin] = now - before;
        before = now;
      }
      found.first = begin - start;
      found.end = end - start;
    },
  };
  return found;
}

/** Calls back with voxel and weight of everything under a Gaussian of `widths` voxels around a place. */
function walker(
  samples: Samples,
  widths: number,
  cut: number,
): (x: number, y: number, z: number, visit: (value: number, weight: number) => void) => void {
  const axes = ([0, 1, 2] as const).map((axis) =>
    axisWeights(samples, axis, widths * samples.spacing[axis], cut),
  );
  const [ax, ay, az] = axes as [AxisWeights, AxisWeights, AxisWeights];
  return (x, y, z, visit) => {
    ax.prepare(x);
    ay.prepare(y);
    az.prepare(z);
    for (let k = az.first; k < az.end; k++)
      for (let j = ay.first; j < ay.end; j++) {
        const row = k * az.stride + j * ay.stride;
        const wj = ay.weights[j - ay.first]!;
        const wk = az.weights[k - az.first]!;
        for (let i = ax.first; i < ax.end; i++)
          visit(samples.values[row + i]!, ax.weights[i - ax.first]! * wj * wk);
      }
  };
}

/** Mean under a Gaussian of 0.8 voxels, cut at 4 sigma. */
export const gaussian: Interpolation = {
  reach: 5,
  over: (samples) => {
    const walk = walker(samples, 0.8, 4);
    return (x, y, z) => {
      let sum = 0;
      let mass = 0;
      walk(x, y, z, (value, weight) => {
        sum += value * weight;
        mass += weight;
      });
      return sum / mass;
    };
  },
};

/** The value that has most of the mass of a Gaussian of 1 voxel, cut at 1 sigma; values are labels. */
export const labelGaussian: Interpolation = {
  reach: 3,
  over: (samples) => {
    const walk = walker(samples, 1, 1);
    const masses = new Map<number, number>();
    return (x, y, z) => {
      masses.clear();
      let most = 0;
      let found = 0;
      walk(x, y, z, (value, weight) => {
        const mass = (masses.get(value) ?? 0) + weight;
        masses.set(value, mass);
        if (mass > most) {
          most = mass;
          found = value;
        }
      });
      return found;
    };
  },
};
