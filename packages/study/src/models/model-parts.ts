import { nearest, SentinodeError } from '@sentinode/core';

/** A block of predictors. */
export type Part = 'radiomics' | 'deep' | 'clinical';

const parts: readonly Part[] = ['radiomics', 'deep', 'clinical'];

/**
 * The blocks that a model's name means: `dlr` is radiomics + deep + clinical, any sum such as `radiomics+clinical`
 * is written with plus signs. Blocks always enter in the order radiomics, deep, clinical.
 * @throws SentinodeError `option-invalid`
 */
export function partsOf(model: string): readonly Part[] {
  if (model === 'dlr') return parts;
  const named = model.split('+').map((part) => part.trim());
  for (const part of named) {
    if (!parts.includes(part as Part)) {
      const near = nearest(part, [...parts, 'dlr']);
      throw new SentinodeError(
        'option-invalid',
        `"${model}" is not a model: ${near === undefined ? 'use clinical, radiomics, deep, dlr or a sum such as radiomics+clinical' : `did you mean "${near}"?`}`,
        { field: 'models' },
      );
    }
  }
  return parts.filter((part) => named.includes(part));
}
