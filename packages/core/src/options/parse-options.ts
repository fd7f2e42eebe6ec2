import { z } from 'zod';
import { type ErrorPlace, SentinodeError } from '../errors/error.ts';
import { nearest } from '../text/nearest.ts';

/** Keys that the object schema at a path knows; empty when the path leads to no object. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: unknown = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
  const descend = (node: unknown, key: PropertyKey): unknown => {
    const object = node as {
      properties?: Record<string, unknown>;
      items?: unknown;
      anyOf?: unknown[];
      additionalProperties?: unknown;
    };
    if (object?.properties && String(key) in object.properties) return object.properties[String(key)];
    if (typeof key === 'number' && object?.items) return object.items;
    for (const option of object?.anyOf ?? []) {
      const found = descend(option, key);
      if (found !== undefined) return found;
    }
    return typeof object?.additionalProperties === 'object' ? object.additionalProperties : undefined;
  };
  for (const key of path) current = descend(current, key);
  const collect = (node: unknown): string[] => {
    const object = node as { properties?: Record<string, unknown>; anyOf?: unknown[] };
    return [...Object.keys(object?.properties ?? {}), ...(object?.anyOf ?? []).flatMap(collect)];
  };
  return collect(current);
}

/**
 * Checks a plain value against a zod schema. The first problem becomes a SentinodeError that names file and
 * field; an unknown key names the nearest known one.
 * @throws SentinodeError `option-unknown`, `option-invalid`
 */
export function parseOptions<S extends z.ZodType>(
  schema: S,
  value: unknown,
  place: ErrorPlace = {},
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = deepest(result.error.issues);
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const field = path === '' ? key : `${path}.${key}`;
    const suggestion = nearest(key, knownKeys(schema, issue.path));
    const hint =
      suggestion === undefined ? 'remove it, or see the documented keys' : `did you mean "${suggestion}"?`;
    throw new SentinodeError('option-unknown', `Unknown key "${field}": ${hint}`, { ...place, field });
  }
  const field = path === '' ? place.field : path;
  throw new SentinodeError('option-invalid', `${field ?? 'The value'}: ${issue.message}`, {
    ...place,
    field,
  });
}

type Issue = z.core.$ZodIssue;

/**
 * Of the issues of a union, the one that got furthest; it is the one the user meant. An unknown key goes before what is
 * missing: it is mostly the missing key misspelled.
 */
function deepest(issues: readonly Issue[]): Issue {
  const expanded = issues.flatMap((issue): Issue[] => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const inner = issue.errors
      .filter((option) => option.length > 0)
      .map((option) => deepest(option))
      .sort(
        (a, b) =>
          b.path.length - a.path.length ||
          Number(b.code === 'unrecognized_keys') - Number(a.code === 'unrecognized_keys'),
      )[0];
    if (inner === undefined || (inner.path.length === 0 && inner.code !== 'unrecognized_keys'))
      return [issue];
    return [{ ...inner, path: [...issue.path, ...inner.path] } as Issue];
  });
  return expanded.find(({ code }) => code === 'unrecognized_keys') ?? expanded[0]!;
}
