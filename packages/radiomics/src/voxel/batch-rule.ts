import type { FeatureClass, Region } from '../features/feature-class.ts';

/**
 * PyRadiomics measures voxels in batches, and a direction without pairs round one voxel that has pairs round another of
 * the batch leaves two traces: a feature that is no plain mean of directions fails for the whole batch, and a plain mean
 * has no value at that voxel. A class says which features these are; this follows one batch at a time.
 */
export class BatchRule {
  readonly #rule: NonNullable<FeatureClass['batches']> | undefined;
  readonly #failing: readonly Float64Array[];
  readonly #plain: readonly Float64Array[];
  readonly #outside: number;
  #members: { readonly at: number; readonly paired: readonly boolean[] }[] = [];

  constructor(
    found: FeatureClass,
    features: readonly string[],
    maps: readonly Float64Array[],
    outside: number,
  ) {
    const named = (names: readonly string[] = []): Float64Array[] =>
      maps.filter((_, index) => names.includes(features[index]!));
    this.#failing = named(found.batches?.failing);
    this.#plain = named(found.batches?.plainMean);
    this.#rule = this.#failing.length + this.#plain.length === 0 ? undefined : found.batches;
    this.#outside = outside;
  }

  take(at: number, region: Region): void {
    if (this.#rule !== undefined) this.#members.push({ at, paired: this.#rule.paired(region) });
  }

  close(): void {
    const used = this.#members.reduce<boolean[]>(
      (any, { paired }) => paired.map((one, d) => one || any[d] === true),
      [],
    );
    const gaps = this.#members.filter(({ paired }) => used.some((any, d) => any && !paired[d]));
    for (const map of this.#plain) for (const { at } of gaps) map[at] = Number.NaN;
    if (gaps.length > 0)
      for (const map of this.#failing) for (const { at } of this.#members) map[at] = this.#outside;
    this.#members = [];
  }
}
