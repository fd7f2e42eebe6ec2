/** A pole of the prefilter. */
export interface Pole {
  readonly pole: number;
  /** Terms of the causal start that ITK sums: ceil(log(1e-10) / log(|pole|)). */
  readonly horizon: number;
}

function withHorizon(pole: number): Pole {
  let horizon = 0;
  for (let power = 1; power > 1e-10; power *= Math.abs(pole)) horizon++;
  return { pole, horizon };
}

/** Poles of the B-spline of each order (Unser 1999). */
export const polesOf: Readonly<Record<number, readonly Pole[]>> = {
  1: [],
  2: [withHorizon(Math.sqrt(8) - 3)],
  3: [withHorizon(Math.sqrt(3) - 2)],
  4: [
    withHorizon(Math.sqrt(664 - Math.sqrt(438976)) + Math.sqrt(304) - 19),
    withHorizon(Math.sqrt(664 + Math.sqrt(438976)) - Math.sqrt(304) - 19),
  ],
  5: [
    withHorizon(Math.sqrt(135 / 2 - Math.sqrt(17745 / 4)) + Math.sqrt(105 / 4) - 13 / 2),
    withHorizon(Math.sqrt(135 / 2 + Math.sqrt(17745 / 4)) - Math.sqrt(105 / 4) - 13 / 2),
  ],
};

/** What every coefficient is multiplied by before each axis. */
export function gainOf(poles: readonly Pole[]): number {
  return poles.reduce((product, { pole }) => product * (1 - pole) * (1 - 1 / pole), 1);
}
