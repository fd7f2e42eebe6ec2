import { isSentinodeError, parseOptions, SentinodeError } from '@sentinode/core';
import { type Document, isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { type Study, studySchema } from './options.ts';

/**
 * Reads a study file (YAML or JSON text).
 * @throws SentinodeError `file-syntax`, `option-unknown` (with the nearest key), `option-invalid`; all
 * with the line
 */
export function parseStudy(text: string, file: string): Study {
  if (text.trim() === '')
    throw new SentinodeError(
      'file-empty',
      'The study file is empty; see docs/guide/study-file.md for an example.',
      { file },
    );
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: true, lineCounter: lines });
  const problem = document.errors[0];
  if (problem) {
    const line = problem.linePos?.[0].line;
    const sentence = problem.message.split('\n')[0] ?? problem.message;
    throw new SentinodeError('file-syntax', `The study file cannot be parsed: ${sentence}`, { file, line });
  }
  if (!isMap(document.contents)) {
    throw new SentinodeError(
      'file-syntax',
      'The study file must be a list of "key: value" lines; see docs/guide/study-file.md.',
      { file },
    );
  }
  try {
    return parseOptions(studySchema, document.toJS(), { file });
  } catch (error) {
    if (!isSentinodeError(error) || error.place.field === undefined) throw error;
    throw error.at({ line: lineOf(document, error.place.field.split('.'), lines) });
  }
}

/** Line of the deepest node on a path, counted from 1. */
function lineOf(document: Document, path: readonly string[], lines: LineCounter): number | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const key = path[depth - 1]!;
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const node = isMap(parent)
      ? parent.items.find((item) => isNode(item.key) && String(item.key) === key)?.key
      : isSeq(parent)
        ? parent.items[Number(key)]
        : undefined;
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return undefined;
}
