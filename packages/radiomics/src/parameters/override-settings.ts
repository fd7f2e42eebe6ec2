import { SentinodeError } from '@sentinode/core';
import { isMap, parseDocument } from 'yaml';
import type { Standard } from '../protocol.ts';
import { voxelSettingSchema } from './settings.ts';

/**
 * The text of a parameter file with single settings changed, as `key:value` with the value in YAML (`binWidth:10`,
 * `distances:[1, 2]`). For PyRadiomics a key of `setting` or `voxelSetting`; for IBSI a path such as
 * `discretisation.binWidth`.
 * @throws SentinodeError `usage` for what has no such form
 */
export function overrideSettings(text: string, changes: readonly string[], standard: Standard): string {
  const document = parseDocument(text);
  // what is wrong with the file itself is said where it is read
  if (document.errors.length > 0 || !isMap(document.contents)) return text;
  for (const change of changes) {
    const [, key, value] = /^\s*([\w.]+)\s*:(.*)$/s.exec(change) ?? [];
    const parsed = value === undefined ? undefined : parseDocument(value);
    if (key === undefined || parsed === undefined || parsed.errors.length > 0 || parsed.contents === null)
      throw new SentinodeError(
        'usage',
        `A setting is written key:value, such as binWidth:10, not "${change}".`,
        {
          field: '--setting',
        },
      );
    document.setIn(placeOf(key, standard), parsed.contents);
  }
  return document.toString();
}

function placeOf(key: string, standard: Standard): string[] {
  if (standard === 'ibsi') return key.split('.');
  return [key in voxelSettingSchema.shape ? 'voxelSetting' : 'setting', key];
}
