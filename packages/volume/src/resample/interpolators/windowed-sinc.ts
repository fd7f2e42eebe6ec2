import { cos, sin } from '@sentinode/core';
import { type Interpolation, strideOf } from './interpolation.ts';

const RADIUS = 5;
const TAPS = 2 * RADIUS;

/** Windows of the sinc by distance in voxels. */
const windows = {
  hamming: (x: number) => 0.54 + 0.46 * cos(x * (Math.PI / RADIUS)),
  cosine: (x: number) => cos(x * (Math.PI / TAPS)),
  welch: (x: number) => 1 - x * (1 / (RADIUS * RADIUS)) * x,
  lanczos: (x: number) => {
    const z = (Math.PI / RADIUS) * x;
    return x === 0 ? 1 : sin(z) / z;
  },
  blackman: (x: number) =>
    0.42 + 0.5 * cos(x * (Math.PI / RADIUS)) + 0.08 * cos(x * ((2 * Math.PI) / RADIUS)),
} as const;

function sinc(x: number): number {
  const angle = Math.PI * x;
  return x === 0 ? 1 : sin(angle) / angle;
}

/** Sinc under a window of 5 voxels; the edge voxel is repeated outside. */
export function windowedSinc(name: keyof typeof windows): Interpolation {
  const window = windows[name];
  return {
    reach: RADIUS + 1,
    over: (samples) => {
      const { values } = samples;
      const axes = ([0, 1, 2] as const).map((axis) => {
        const stride = strideOf(samples, axis);
        const most = samples.size[axis] - 1;
        const start = samples.part.start[axis];
        const weights = new Float64Array(TAPS);
        const places = new Int32Array(TAPS);
        let last = Number.NaN;
        const prepare = (c: number): void => {
          if (c === last) return;
          last = c;
          const base = Math.floor(c);
          const apart = c - base;
          let x = apart + RADIUS;
          for (let k = 0; k < TAPS; k++) {
            x -= 1;
            weights[k] = apart === 0 ? (k === RADIUS - 1 ? 1 : 0) : window(x) * sinc(x);
            places[k] = (Math.min(most, Math.max(0, base + k - RADIUS + 1)) - start) * stride;
          }
        };
        return { weights, places, prepare };
      });
      const [ax, ay, az] = axes as [(typeof axes)[0], (typeof axes)[0], (typeof axes)[0]];
      return (x, y, z) => {
        ax.prepare(x);
        ay.prepare(y);
        az.prepare(z);
        let sum = 0;
        for (let k = 0; k < TAPS; k++)
          for (let j = 0; j < TAPS; j++) {
            const row = az.places[k]! + ay.places[j]!;
            const wj = ay.weights[j]!;
            const wk = az.weights[k]!;
            for (let i = 0; i < TAPS; i++) sum += values[row + ax.places[i]!]! * ax.weights[i]! * wj * wk;
          }
        return sum;
      };
    },
  };
}
