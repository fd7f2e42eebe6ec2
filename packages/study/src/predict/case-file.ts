import { parseOptions, SentinodeError } from '@sentinode/core';
import { isMap, parseDocument } from 'yaml';
import { z } from 'zod';

const imageEntry = z.strictObject({ image: z.string().min(1), mask: z.string().min(1) });

const caseSchema = z.strictObject({
  id: z.union([z.string().min(1), z.number()]).transform(String),
  images: z.record(z.string(), z.record(z.string(), imageEntry)).default({}),
  clinical: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).default({}),
  features: z.record(z.string(), z.number()).default({}),
});

/** A new patient: images with masks by visit and sequence, clinical values, or features that are already measured. */
export type CaseFile = z.output<typeof caseSchema>;

/** Reads a case file (YAML or JSON). @throws `file-syntax`, `option-unknown`, `option-invalid` */
export function parseCase(text: string, file: string): CaseFile {
  const document = parseDocument(text, { uniqueKeys: true });
  const problem = document.errors[0];
  if (problem)
    throw new SentinodeError(
      'file-syntax',
      `The case file cannot be parsed: ${problem.message.split('\n')[0]}`,
      { file, line: problem.linePos?.[0].line },
    );
  if (!isMap(document.contents))
    throw new SentinodeError(
      'file-syntax',
      'The case file must be a list of "key: value" lines; see docs/guide/predict.md.',
      { file },
    );
  return parseOptions(caseSchema, document.toJS(), { file });
}
