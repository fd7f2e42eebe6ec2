import { basename, relative, resolve } from 'node:path';
import { SentinodeError } from '@sentinode/core';

const forms: Readonly<Record<string, (path: string) => string>> = {
  absolute: (path) => resolve(path),
  relative: (path) => relative('.', path),
  basename: (path) => basename(path),
};

/** How `--format-path` writes the path of a file; undefined leaves it as it was given. @throws SentinodeError `usage` */
export function pathFormat(form: string | undefined): ((path: string) => string) | undefined {
  if (form === undefined) return undefined;
  const found = forms[form];
  if (found === undefined)
    throw new SentinodeError('usage', `--format-path takes absolute, relative or basename, not "${form}".`, {
      field: '--format-path',
    });
  return found;
}
