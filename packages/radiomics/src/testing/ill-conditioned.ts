/** A feature whose value may be rounding noise, and how large that noise may be. */
export interface Floor {
  /** Ends of feature names, e.g. `_glcm_Imc2`. */
  readonly feature: RegExp;
  /** Largest absolute difference that counts as equal. */
  readonly absolute: number;
  /** The floor holds only where the reference's value is smaller than this. */
  readonly below?: number;
  readonly reason: string;
}

/**
 * The only features that may differ by more than the relative tolerance: their values are differences of numbers that
 * agree to the last bits, so that the order of additions decides what is left.
 */
export const illConditioned: readonly Floor[] = [
  {
    feature: /_(JointEntropy|DifferenceEntropy|SumEntropy|Entropy|RunEntropy|ZoneEntropy|DependenceEntropy)$/,
    absolute: 1e-15,
    reason: 'with one grey level it is -log2(1 + 2^-52), the last bit of a logarithm',
  },
  {
    feature: /_shape(2D)?_(LeastAxisLength|MinorAxisLength|Flatness|Elongation)$/,
    absolute: 2e-7,
    below: 2e-7,
    reason: 'of a region in one plane or line it is the root of an eigenvalue that is 0 but for rounding',
  },
  {
    feature: /_glcm_Imc1$/,
    absolute: 1e-15,
    below: 1e-6,
    reason: 'the difference of two entropies that agree in nine digits; the last bits of their sums are left',
  },
  {
    feature: /_glcm_Imc2$/,
    absolute: 1e-12,
    below: 1e-3,
    reason: 'the root of the same difference',
  },
  {
    feature: /_glcm_MCC$/,
    absolute: 5e-9,
    reason:
      'the root of an eigenvalue; where that is 0 in a direction, the root of the rounding of the reference is left',
  },
];
