import { parseOptions, SentinodeError } from '@sentinode/core';
import { isMap, parseDocument } from 'yaml';
import { type Study, studySchema } from './options.ts';

/**
 * Reads a study file (YAML or JSON text).
 * @throws SentinodeError `file-syntax` (with the line), `option-unknown` (with the nearest key), `option-invalid`,
 * `not-built` for what this version lacks
 */
export function parseStudy(text: string, file: string): Study {
  if (text.trim() === '')
    throw new SentinodeError(
      'file-empty',
      'The study file is empty; see docs/guide/study-file.md for an example.',
      { file },
    );
  const document = parseDocument(text, { uniqueKeys: true });
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
  const study = parseOptions(studySchema, document.toJS(), { file });
  refuseUnbuilt(study, file);
  return study;
}

/** What a later version brings is refused by name, never ignored. */
function refuseUnbuilt(study: Study, file: string): void {
  const refuse = (field: string, message: string): never => {
    throw new SentinodeError('not-built', message, { file, field });
  };
  if (study.cohort.missing === 'impute') {
    refuse('cohort.missing', 'Imputation is not built yet; use `missing: complete-case`.');
  }
}
