/** Everything that a pattern names in metrics.json: a JSON pointer in which `*` stands for every entry. */
export function valuesAt(results: unknown, pattern: string): unknown[] {
  return pattern
    .slice(1)
    .split('/')
    .reduce<unknown[]>(
      (values, key) =>
        values.flatMap((value) => {
          if (typeof value !== 'object' || value === null) return [];
          if (key === '*') return Object.values(value);
          const found = (value as Record<string, unknown>)[key];
          return found === undefined ? [] : [found];
        }),
      [JSON.parse(JSON.stringify(results))],
    );
}

/** All numbers under a value, and the positions in its lists, counted from 1. */
export function numbersUnder(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value === 'string')
    return [...value.matchAll(/-?\d+(?:\.\d+)?/g)].map(([token]) => Number(token));
  if (Array.isArray(value))
    return [value.length, ...value.flatMap((one, at) => [at + 1, ...numbersUnder(one)])];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersUnder) : [];
}

const numeric = /^[<−\d.][\d.,%\s()–−to<±[\]]*$/;
const tokens = /<?−?\d+(?:\.\d+)?/g;

/** Numbers of a printed cell that are none of the values, rounded or in per cent. */
export function untraced(cell: string, values: readonly number[]): string[] {
  if (!numeric.test(cell.trim())) return [];
  return (cell.match(tokens) ?? []).filter((token) => {
    const text = token.replace('−', '-');
    if (text.startsWith('<')) return !values.some((value) => value < Number(text.slice(1)));
    const printed = Number(text);
    const half = 0.5 * 10 ** -(text.split('.')[1]?.length ?? 0) + 1e-9;
    return !values.some(
      (value) =>
        Math.abs(value - printed) <= half ||
        Math.abs(100 * value - printed) <= half ||
        Math.ceil(value) === printed,
    );
  });
}
