/** What limits a map to voxels where it means something. */
export interface MapSettings {
  /** Signal of the first image below which a voxel is background: its value is 0. */
  readonly minimumSignal: number;
  /** Percentage enhancement of the second image below which the ratio is not computed: its value is 0. */
  readonly minimumEnhancement: number;
  /** Highest value that is written. */
  readonly cap: number;
}

/** A map that is computed voxel by voxel from several images of one grid. */
export interface DerivedMap {
  /** As the command takes it, e.g. `ser`. */
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** In words of S0, S1, ... (signals in the order of the images) and t or b. */
  readonly formula: string;
  /** What tells the images apart: `times` in seconds or `bValues` in s/mm²; `none` where the order is enough. */
  readonly needs: 'none' | 'times' | 'bValues';
  /** Fewest and most images. */
  readonly images: readonly [fewest: number, most: number];
  /**
   * Value of a voxel.
   * @param signals of the images in their order
   * @param at time or b-value of each
   * @returns undefined where the map has no value there; 0 is written
   */
  value(signals: Float64Array, at: readonly number[], settings: MapSettings): number | undefined;
}
