import { type Interpolation, type Interpolator, type Samples, strideOf } from '../interpolation.ts';
import { compiledCubicRows } from './compiled.ts';
import { polesOf } from './poles.ts';
import { prefilterBSpline } from './prefilter.ts';
import { bsplineWeights } from './weights.ts';

/** Voxels after which the recursion of the prefilter has forgotten its start, to the last bit. */
const FORGOTTEN: Readonly<Record<number, number>> = { 1: 2, 2: 28, 3: 32, 4: 48, 5: 64 };

/**
 * B-spline of an order from 1 to 5: (order + 1)^3 nodes, mirrored at the ends (ITK mirrors once, and on an axis of two
 * or three voxels reads past its memory). Without `prefilter` the voxels
 * themselves are its coefficients, which smooths (ITK's BSplineResampleImageFunction).
 */
export function bspline(order: 1 | 2 | 3 | 4 | 5, prefilter: boolean): Interpolation {
  return {
    reach: prefilter ? FORGOTTEN[order]! : order,
    over: (samples) => {
      const coefficients = prefilter
        ? prefilterBSpline(samples.values, samples.part.size, order)
        : Float64Array.from(samples.values);
      return evaluate(coefficients, samples, order);
    },
    rowsOver: (samples) =>
      order === 3 ? compiledCubicRows(samples, prefilter ? polesOf[order]! : []) : undefined,
  };
}

function mirrored(node: number, n: number): number {
  if (n === 1) return 0;
  let at = node;
  while (at < 0 || at > n - 1) at = at < 0 ? -at : 2 * (n - 1) - at;
  return at;
}

function evaluate(coefficients: Float64Array, samples: Samples, order: number): Interpolator {
  const nodes = order + 1;
  const weigh = bsplineWeights[order]!;
  const shift = order % 2 === 1 ? 0 : 0.5;
  const below = Math.floor(order / 2);
  const axes = ([0, 1, 2] as const).map((axis) => {
    const n = samples.size[axis];
    const start = samples.part.start[axis];
    const stride = strideOf(samples, axis);
    const places = new Int32Array(nodes);
    const weights = new Float64Array(nodes);
    let last = Number.NaN;
    const prepare = (c: number): void => {
      if (last === c) return;
      last = c;
      // ITK finds the node in single precision
      const first = Math.floor(Math.fround(c) + shift) - below;
      weigh(weights, c, first);
      for (let k = 0; k < nodes; k++) places[k] = (mirrored(first + k, n) - start) * stride;
    };
    return { places, weights, prepare };
  });
  const [ax, ay, az] = axes as [(typeof axes)[0], (typeof axes)[0], (typeof axes)[0]];
  const { places: px, weights: wx } = ax;
  if (order === 3) return cubic(coefficients, ax, ay, az);
  return (x, y, z) => {
    ax.prepare(x);
    ay.prepare(y);
    az.prepare(z);
    let sum = 0;
    for (let k = 0; k < nodes; k++) {
      const wk = az.weights[k]!;
      const base = az.places[k]!;
      for (let j = 0; j < nodes; j++) {
        const wj = ay.weights[j]!;
        const row = base + ay.places[j]!;
        for (let i = 0; i < nodes; i++) sum += coefficients[row + px[i]!]! * (wx[i]! * wj * wk);
      }
    }
    return sum;
  };
}

/** Nodes and weights of one axis at the place that was prepared last. */
interface AxisNodes {
  readonly places: Int32Array;
  readonly weights: Float64Array;
  prepare(place: number): void;
}

/** The 64 nodes of order 3 in the order of the loops above, four at a time. */
function cubic(coefficients: Float64Array, ax: AxisNodes, ay: AxisNodes, az: AxisNodes): Interpolator {
  const { places: px, weights: wx } = ax;
  const { places: py, weights: wy } = ay;
  const { places: pz, weights: wz } = az;
  return (x, y, z) => {
    ax.prepare(x);
    ay.prepare(y);
    az.prepare(z);
    const [p0, p1, p2, p3] = [px[0]!, px[1]!, px[2]!, px[3]!];
    const [w0, w1, w2, w3] = [wx[0]!, wx[1]!, wx[2]!, wx[3]!];
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      const wk = wz[k]!;
      const base = pz[k]!;
      for (let j = 0; j < 4; j++) {
        const wj = wy[j]!;
        const row = base + py[j]!;
        sum += coefficients[row + p0]! * (w0 * wj * wk);
        sum += coefficients[row + p1]! * (w1 * wj * wk);
        sum += coefficients[row + p2]! * (w2 * wj * wk);
        sum += coefficients[row + p3]! * (w3 * wj * wk);
      }
    }
    return sum;
  };
}
