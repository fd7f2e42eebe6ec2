import { parseOptions, SentinodeError } from '@sentinode/core';
import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { parameterSchema, resolveSettings } from './resolve-settings.ts';
import type { ExtractionSettings } from './settings.ts';

/**
 * Reads a PyRadiomics parameter file (YAML or JSON text).
 * @throws SentinodeError `file-empty`, `file-syntax`, `option-unknown`, `option-invalid`, `not-built`, with the line
 */
export function parseParameters(text: string, file: string): ExtractionSettings {
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
  try {
    return resolveSettings(parseOptions(parameterSchema, document.toJS(), { file }), file);
  } catch (error) {
    if (!(error instanceof SentinodeError) || error.place.field === undefined) throw error;
    throw error.at({ line: lineOf(document, error.place.field.split('.'), lines) });
  }
}

/** Line of the deepest node on a path, counted from 1. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly string[],
  lines: LineCounter,
): number | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    if (!isMap(parent)) continue;
    const pair = parent.items.find((item) => isNode(item.key) && String(item.key) === path[depth - 1]);
    const start = isNode(pair?.key) ? pair.key.range?.[0] : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return undefined;
}
