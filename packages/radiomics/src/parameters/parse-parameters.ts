import { parseOptions, pythonFloat, pythonText, SentinodeError } from '@sentinode/core';
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { ibsiSchema } from '../ibsi/settings/settings.ts';
import type { Protocol, Standard } from '../protocol.ts';
import type { WrittenTexts } from './configuration-text.ts';
import { parameterSchema, resolveSettings } from './resolve-settings.ts';
import type { ExtractionSettings } from './settings.ts';

interface ParameterFile {
  readonly document: Document;
  /** What the file calls its standard, if it does. */
  readonly standard: unknown;
  /** Adds the line to an error that names a field. */
  readonly locating: <T>(work: () => T) => T;
}

/** @throws SentinodeError `file-empty`, `file-syntax` */
function openParameterFile(text: string, file: string): ParameterFile {
  if (text.trim() === '') throw new SentinodeError('file-empty', 'The parameter file is empty.', { file });
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: true, lineCounter: lines });
  const problem = document.errors[0];
  if (problem) {
    const sentence = problem.message.split('\n')[0] ?? problem.message;
    throw new SentinodeError('file-syntax', `The parameter file cannot be parsed: ${sentence}`, {
      file,
      line: problem.linePos?.[0].line,
    });
  }
  if (!isMap(document.contents))
    throw new SentinodeError(
      'file-syntax',
      'A parameter file has the parts imageType, featureClass and setting.',
      { file },
    );
  return {
    document,
    standard: document.get('standard'),
    locating: (work) => {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof SentinodeError) || error.place.field === undefined) throw error;
        throw error.at({ line: lineOf(document, error.place.field.split('.'), lines) });
      }
    },
  };
}

/**
 * Reads a PyRadiomics parameter file (YAML or JSON text).
 * @throws SentinodeError `file-empty`, `file-syntax`, `option-unknown`, `option-invalid`, `not-built`, with the line
 */
export function parseParameters(text: string, file: string): ExtractionSettings {
  const { document, standard = 'pyradiomics', locating } = openParameterFile(text, file);
  return locating(() => {
    assertStandard(standard, 'pyradiomics', file);
    document.delete('standard');
    const texts = textsOf(document);
    keepWholeSigmas(document);
    return resolveSettings(parseOptions(parameterSchema, document.toJS(), { file }), file, texts);
  });
}

/**
 * Reads a parameter file of either standard: IBSI's form where it says `standard: ibsi`, else PyRadiomics'.
 * @param wanted the standard that the user asked for besides; a file that names another is refused
 * @throws SentinodeError as {@link parseParameters}
 */
export function parseProtocol(text: string, file: string, wanted?: Standard): Protocol {
  const { document, standard = wanted ?? 'pyradiomics', locating } = openParameterFile(text, file);
  return locating(() => {
    assertStandard(standard, wanted, file);
    return standard === 'ibsi'
      ? parseOptions(ibsiSchema, { ...(document.toJS() as object), standard }, { file })
      : parseParameters(text, file);
  });
}

/** Whole numbers under `sigma` become text: the reference prints 2 and 2.0 differently in the names of LoG images. */
function keepWholeSigmas(document: Document): void {
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || key.value !== 'sigma' || !isNode(value)) return;
      visit(value, (__, node) => {
        if (isScalar(node) && Number.isInteger(node.value) && /^[+-]?\d+$/.test(node.source ?? ''))
          node.value = node.source;
      });
    },
  });
}

/** Python's notation of what the file holds. */
function textsOf(document: Document): WrittenTexts {
  const part = (name: string): Record<string, string> => {
    const node = document.get(name, true);
    return isMap(node)
      ? Object.fromEntries(node.items.map((item) => [String(item.key), textOf(item.value as Node)]))
      : {};
  };
  const imageType = document.get('imageType', true);
  return {
    setting: part('setting'),
    voxelSetting: part('voxelSetting'),
    imageType: isMap(imageType) && imageType.items.length > 0 ? textOf(imageType) : undefined,
  };
}

function textOf(node: Node | null): string {
  if (isMap(node))
    return `{${node.items.map((item) => `${pythonText(String(item.key))}: ${textOf(item.value as Node)}`).join(', ')}}`;
  if (isSeq(node)) return `[${node.items.map((item) => textOf(item as Node)).join(', ')}]`;
  const value = isScalar(node) ? node.value : null;
  if (!isScalar(node) || typeof value !== 'number') return pythonText(value);
  return /[.e]|inf|nan/i.test(node.source ?? '') ? pythonFloat(value) : String(value);
}

function assertStandard(named: unknown, wanted: Standard | undefined, file: string): void {
  if (named !== 'pyradiomics' && named !== 'ibsi')
    throw new SentinodeError(
      'option-invalid',
      `standard: pyradiomics or ibsi, not ${JSON.stringify(named)}.`,
      {
        file,
        field: 'standard',
      },
    );
  if (wanted !== undefined && named !== wanted)
    throw new SentinodeError(
      'option-invalid',
      `The parameter file is of the standard ${named}, and ${wanted} was asked for.`,
      { file, field: 'standard' },
    );
}

/** Line of the deepest node on a path, counted from 1. */
function lineOf(document: Document, path: readonly string[], lines: LineCounter): number | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    if (!isMap(parent)) continue;
    const pair = parent.items.find((item) => isNode(item.key) && String(item.key) === path[depth - 1]);
    const start = isNode(pair?.key) ? pair.key.range?.[0] : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return undefined;
}
