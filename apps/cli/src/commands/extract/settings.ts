import { dirname, join } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import {
  defaultIbsiSettings,
  defaultProtocol,
  isIbsi,
  overrideSettings,
  type Protocol,
  parseProtocol,
  type Standard,
  writeParameters,
} from '@sentinode/radiomics';
import { type NamedBytes, withSiblings } from '@sentinode/study';
import { readIfThere, readUserFile } from '../../adapters/files/read-file.ts';
import type { ExtractOptions } from './options.ts';

/**
 * Settings of a parameter file, or of the standard's default protocol, with those that the command line changes.
 * @throws SentinodeError `usage` for an unknown standard, and those of parameter files
 */
export async function settingsOf({
  params,
  standard,
  setting: changes = [],
}: Pick<ExtractOptions, 'params' | 'standard' | 'setting'>): Promise<Protocol> {
  const wanted = standardOf(standard);
  if (params === undefined) {
    const own = wanted === 'ibsi' ? defaultIbsiSettings() : defaultProtocol();
    if (changes.length === 0) return own;
    const text = isIbsi(own) ? JSON.stringify(own) : writeParameters(own);
    return parseProtocol(overrideSettings(text, changes, wanted ?? 'pyradiomics'), 'command line', wanted);
  }
  const text = new TextDecoder().decode(await readUserFile(params, 'parameter file'));
  const given = parseProtocol(text, params, wanted);
  if (changes.length === 0) return given;
  const changed = overrideSettings(text, changes, isIbsi(given) ? 'ibsi' : 'pyradiomics');
  return parseProtocol(changed, params, wanted);
}

/** Adds one more value of an option that may stand several times. */
export function alsoOf(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function standardOf(name: string | undefined): Standard | undefined {
  if (name === undefined || name === 'pyradiomics' || name === 'ibsi') return name;
  throw new SentinodeError('usage', `--standard takes pyradiomics or ibsi, not "${name}".`, {
    field: '--standard',
  });
}

/** A component of a mask as written in a table, counted from 0. @throws `usage` */
export function channelOf(text: string | undefined, fallback: number): number {
  if (text === undefined || text.trim() === '') return fallback;
  if (!/^\d{1,4}$/.test(text.trim()))
    throw new SentinodeError('usage', `A label channel is a whole number from 0, not "${text}".`, {
      field: 'Label_channel',
    });
  return Number(text);
}

/** A volume that the user named, with the detached data beside it. */
export async function volumeFile(path: string, what: string): Promise<NamedBytes> {
  const bytes = await readUserFile(path, what);
  return withSiblings({ file: path, bytes }, (name) => readIfThere(join(dirname(path), name)));
}
