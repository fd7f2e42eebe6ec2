import type { FeatureVector } from '@sentinode/radiomics';

interface Stored extends Omit<FeatureVector, 'values'> {
  /** null marks an undefined feature; shortest decimal text of a double reads back to the same bits. */
  readonly values: readonly (number | null)[];
}

/** Feature vectors as bytes for the cache; reading them back gives the same bits. */
export function encodeVectors(vectors: readonly FeatureVector[]): Uint8Array {
  const stored = vectors.map(
    (vector): Stored => ({
      ...vector,
      values: Array.from(vector.values, (value) => (Number.isNaN(value) ? null : value)),
    }),
  );
  return new TextEncoder().encode(JSON.stringify(stored));
}

export function decodeVectors(bytes: Uint8Array): FeatureVector[] {
  const stored = JSON.parse(new TextDecoder().decode(bytes)) as Stored[];
  return stored.map((vector) => ({
    ...vector,
    values: Float64Array.from(vector.values, (value) => value ?? Number.NaN),
  }));
}
