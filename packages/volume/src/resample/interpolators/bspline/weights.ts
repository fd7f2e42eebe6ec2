/** Weights of the order + 1 nodes of a B-spline; `c` is the place, `first` the lowest node. */
type Weigh = (into: Float64Array, c: number, first: number) => void;

/** By order, in the operations of ITK: whole numbers that are interpolated hang on the last bits. */
export const bsplineWeights: Readonly<Record<number, Weigh>> = {
  1: (w, c, first) => {
    w[1] = c - first;
    w[0] = 1 - w[1]!;
  },
  2: (w, c, first) => {
    const t = c - (first + 1);
    w[1] = 0.75 - t * t;
    w[2] = 0.5 * (t - w[1]! + 1);
    w[0] = 1 - w[1]! - w[2]!;
  },
  3: (w, c, first) => {
    const t = c - (first + 1);
    w[3] = (1 / 6) * t * t * t;
    w[0] = 1 / 6 + 0.5 * t * (t - 1) - w[3]!;
    w[2] = t + w[0]! - 2 * w[3]!;
    w[1] = 1 - w[0]! - w[2]! - w[3]!;
  },
  4: (w, c, first) => {
    const t = c - (first + 2);
    const square = t * t;
    const sixth = (1 / 6) * square;
    const half = (0.5 - t) * (0.5 - t);
    w[0] = half * ((1 / 24) * half);
    const odd = t * (sixth - 11 / 24);
    const even = 19 / 96 + square * (0.25 - sixth);
    w[1] = even + odd;
    w[3] = even - odd;
    w[4] = w[0]! + odd + 0.5 * t;
    w[2] = 1 - w[0]! - w[1]! - w[3]! - w[4]!;
  },
  5: (w, c, first) => {
    const t = c - (first + 2);
    const square = t * t;
    w[5] = (1 / 120) * t * square * square;
    const shifted = square - t;
    const fourth = shifted * shifted;
    const middle = t - 0.5;
    const product = shifted * (shifted - 3);
    w[0] = (1 / 24) * (1 / 5 + shifted + fourth) - w[5]!;
    const inner = (1 / 24) * (shifted * (shifted - 5) + 46 / 5);
    const innerOdd = (-1 / 12) * middle * (product + 4);
    w[2] = inner + innerOdd;
    w[3] = inner - innerOdd;
    const outer = (1 / 16) * (9 / 5 - product);
    const outerOdd = (1 / 24) * middle * (fourth - shifted - 5);
    w[1] = outer + outerOdd;
    w[4] = outer - outerOdd;
  },
};
