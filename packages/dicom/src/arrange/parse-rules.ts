import { isSentinodeError, parseOptions, SentinodeError } from '@sentinode/core';
import { parseDocument } from 'yaml';
import { type ArrangeRules, arrangeSchema } from './rules.ts';

/**
 * Reads arrangement rules (YAML); an empty text gives the defaults.
 * @throws SentinodeError `file-syntax`, `option-unknown`, `option-invalid` with the file named
 */
export function parseRules(text: string, file: string): ArrangeRules {
  const document = parseDocument(text, { uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const line = fault.linePos?.[0].line;
    throw new SentinodeError('file-syntax', `The rules cannot be parsed: ${fault.message.split('\n')[0]}`, {
      file,
      line,
    });
  }
  try {
    return parseOptions(arrangeSchema, document.toJS() ?? {});
  } catch (error) {
    throw isSentinodeError(error) ? error.at({ file }) : error;
  }
}
