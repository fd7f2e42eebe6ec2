import type { StudyResults } from '@sentinode/study';

/** A value of the results in print, with its place in metrics.json (a JSON pointer, RFC 6901). */
export interface Quoted {
  readonly pointer: string;
  readonly print: string;
}

/** A sentence: words that hold no number of their own, and quoted values. */
export type Sentence = readonly (string | Quoted)[];

/** Keys and positions from the root of the results. */
export type Path = readonly (string | number)[];

const escapeKey = (key: string | number): string => String(key).replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * Quotes the value at a path.
 * @param print how it reads; the value as it is when left out
 */
export function quote<T>(results: StudyResults, path: Path, print: (value: T) => string = String): Quoted {
  let value: unknown = results;
  for (const key of path) value = (value as Record<string | number, unknown>)[key];
  return { pointer: path.map((key) => `/${escapeKey(key)}`).join(''), print: print(value as T) };
}

/** Words and values in turn, as a template. */
export function say(words: TemplateStringsArray, ...values: (string | Quoted | Sentence)[]): Sentence {
  return words.flatMap((word, index): (string | Quoted)[] => {
    const value = values[index];
    if (value === undefined) return [word];
    return [word, ...(isSentence(value) ? value : [value])];
  });
}

const isSentence = (value: string | Quoted | Sentence): value is Sentence => Array.isArray(value);

/** Sentences in one, with a word between. */
export function join(parts: readonly (Sentence | Quoted)[], between: string): Sentence {
  return parts.flatMap((part, index): (string | Quoted)[] => [
    ...(index === 0 ? [] : [between]),
    ...('pointer' in part ? [part] : part),
  ]);
}

/** A sentence as plain text. */
export function plain(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === 'string' ? part : part.print)).join('');
}
