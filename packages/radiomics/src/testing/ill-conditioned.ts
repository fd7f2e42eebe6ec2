/** A feature whose value may be rounding noise, and how large that noise may be. */
export interface Floor {
  /** Ends of feature names, e.g. `_glcm_Imc2`. */
  readonly feature: RegExp;
  /** Largest absolute difference that counts as equal. */
  readonly absolute: number;
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
    feature: /_shape_(Elongation|Flatness|LeastAxisLength|MinorAxisLength)$/,
    absolute: 1e-7,
    reason: 'an axis of a flat or straight region has length 0, and a root makes 1e-16 of rounding 1e-8',
  },
  {
    feature: /_glcm_MCC$/,
    absolute: 5e-9,
    reason:
      'a root of an eigenvalue of a matrix that is not symmetric; where two are close, half the digits are lost',
  },
];
