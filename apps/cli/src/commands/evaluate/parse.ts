import { parseNumber, SentinodeError } from '@sentinode/core';
import type { EvaluateOptions } from '@sentinode/study';

/** Options of the command as typed. */
export interface Texts {
  readonly outcome: string;
  readonly scores: string;
  readonly positive: string;
  readonly threshold: string[];
  readonly at: string[];
  readonly prevalence?: string;
  readonly centre?: string;
  readonly probabilities?: string;
  readonly categories?: string;
  readonly bootstraps: string;
  readonly decimal: '.' | ',';
  readonly na: string;
  readonly seed: string;
  readonly out?: string;
}

type Target = NonNullable<EvaluateOptions['targets']>[number];
const measures: readonly Target['measure'][] = ['sensitivity', 'specificity', 'miss-rate'];

const wrong = (field: string, message: string): SentinodeError =>
  new SentinodeError('usage', message, { field });

export const commaList = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** `score=number` */
export function thresholdOf(text: string): [string, number] {
  const at = text.lastIndexOf('=');
  const value = parseNumber(text.slice(at + 1));
  if (at < 1 || value === undefined)
    throw wrong('--threshold', `--threshold takes score=number, not "${text}".`);
  return [text.slice(0, at), value];
}

/** `sensitivity=0.95` */
export function targetOf(text: string): Target {
  const [name, share] = text.split('=');
  const measure = measures.find((one) => one === name);
  const value = parseNumber(share ?? '');
  if (measure === undefined || value === undefined || value < 0 || value > 1)
    throw wrong('--at', `--at takes ${measures.join('=, ')}= with a share from 0 to 1, not "${text}".`);
  return { measure, value };
}

/** Shares strictly between 0 and 1, separated by commas. */
export function numbersOf(text: string | undefined, field: string): number[] {
  return (text === undefined ? [] : commaList(text)).map((one) => {
    const value = parseNumber(one);
    if (value === undefined || !(value > 0 && value < 1))
      throw wrong(field, `${field} takes shares between 0 and 1, such as 0.2, not "${one}".`);
    return value;
  });
}

export function wholeNumber(text: string, field: string, least: number): number {
  const value = parseNumber(text);
  if (value === undefined || !Number.isSafeInteger(value) || value < least)
    throw wrong(field, `${field} takes a whole number from ${least}, not "${text}".`);
  return value;
}
