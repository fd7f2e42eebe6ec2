import { nearest, SentinodeError } from '@sentinode/core';

/** Puts the part of the file in front of the field that an option error names. */
export function inPart<T>(part: string, file: string | undefined, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SentinodeError && error.place.field !== undefined)
      throw new SentinodeError(error.code, error.message, { file, field: `${part}.${error.place.field}` });
    throw error;
  }
}

/** The error of a name that is not in a list, with the nearest one or all of them. */
export function unknownName(
  kind: string,
  name: string,
  known: readonly string[],
  place: { readonly file: string | undefined; readonly field: string },
): SentinodeError {
  const suggestion = nearest(name, known);
  const hint = suggestion === undefined ? `known: ${known.join(', ')}` : `did you mean "${suggestion}"?`;
  return new SentinodeError('option-unknown', `Unknown ${kind} "${name}": ${hint}`, place);
}
