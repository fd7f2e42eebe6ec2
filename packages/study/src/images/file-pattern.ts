import { SentinodeError } from '@sentinode/core';

/** Fills `{patient}`, `{visit}`, `{sequence}` and `{reader}` of a path pattern. @throws `option-invalid` */
export function fillPattern(
  pattern: string,
  field: string,
  values: Readonly<Record<string, string>>,
): string {
  const path = pattern.replace(/\{(\w+)\}/g, (whole, key: string) => {
    const value = values[key];
    if (value === undefined)
      throw new SentinodeError(
        'option-invalid',
        `The pattern knows {${Object.keys(values).join('}, {')}}, not ${whole}.`,
        { field },
      );
    return value;
  });
  return insideStudy(path, field);
}

/**
 * A path that stays in the study folder, with `/` between its parts.
 * @throws SentinodeError `path-outside` for absolute paths, drive letters and `..`
 */
export function insideStudy(path: string, field: string): string {
  const parts = path.replaceAll('\\', '/').split('/');
  const leaves =
    path.startsWith('/') || path.startsWith('\\') || /^[A-Za-z]:/.test(path) || parts.includes('..');
  if (leaves)
    throw new SentinodeError(
      'path-outside',
      `"${path}" leads out of the study folder; keep the files of a study under the folder of its study file.`,
      { file: path, field },
    );
  return parts.filter((part) => part !== '.' && part !== '').join('/');
}
