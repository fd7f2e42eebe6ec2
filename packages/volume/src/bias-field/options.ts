/** Settings of N4, with the defaults of SimpleITK's filter; the image is shrunk by 4 as its documentation advises. */
export interface BiasFieldOptions {
  /** Iterations at most on each level of the lattice, which is refined between them. */
  readonly iterations: readonly number[];
  /** A level ends where the coefficient of variation of the change falls below this. */
  readonly convergence: number;
  /** Full width at half maximum of the Gaussian that blurs the histogram of logarithms. */
  readonly fullWidth: number;
  /** Noise term of the Wiener filter. */
  readonly wienerNoise: number;
  readonly bins: number;
  /** Control points of the cubic B-spline along each axis on the first level; at least 4. */
  readonly controlPoints: number;
  /** Every so many voxels along each axis are looked at; the field is then given at all of them. */
  readonly shrink: number;
}

export const biasFieldDefaults: BiasFieldOptions = {
  iterations: [50, 50, 50, 50],
  convergence: 0.001,
  fullWidth: 0.15,
  wienerNoise: 0.01,
  bins: 200,
  controlPoints: 4,
  shrink: 4,
};
