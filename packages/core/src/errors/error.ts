import type { ErrorCode } from './catalogue.ts';

/** Where an error was found. Never holds a patient's name: `patient` is the study's own row id. */
export interface ErrorPlace {
  /** File name as the user wrote it. */
  readonly file?: string;
  /** Column, key (`cohort.outcome.column`) or header field. */
  readonly field?: string;
  /** Row id of the study table. */
  readonly patient?: string;
  /** Image sequence, visit, label or other part, where it helps. */
  readonly part?: string;
  /** Line in a text file, counted from 1. */
  readonly line?: number;
}

/**
 * The one error of the project: a literal code (listed in docs/errors.md), typed places and a sentence that
 * says what was found and what to do. Everything else that is thrown is a programming error.
 */
export class SentinodeError extends Error {
  readonly code: ErrorCode;
  readonly place: ErrorPlace;

  constructor(code: ErrorCode, message: string, place: ErrorPlace = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SentinodeError';
    this.code = code;
    this.place = place;
  }

  /** The same error with more of its place known, for callers that know the file or patient. */
  at(place: ErrorPlace): SentinodeError {
    return new SentinodeError(this.code, this.message, { ...place, ...this.place }, this.cause ?? undefined);
  }

  toJSON(): { code: string; message: string } & ErrorPlace {
    return { code: this.code, message: this.message, ...this.place };
  }
}

/** Whether a thrown value is ours, optionally with one of the codes given. */
export function isSentinodeError(value: unknown, ...codes: ErrorCode[]): value is SentinodeError {
  return value instanceof SentinodeError && (codes.length === 0 || codes.includes(value.code));
}

/** Adds what a caller knows about the place to our errors; passes everything else through. */
export function withPlace<T>(place: ErrorPlace, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isSentinodeError(error) ? error.at(place) : error;
  }
}
