import { SentinodeError } from '@sentinode/core';

/** Number of worker threads that the user asked for. @throws `usage` */
export function jobsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,2}$/.test(text))
    throw new SentinodeError('usage', `--jobs takes a number from 1, not "${text}".`, { field: '--jobs' });
  return Number(text);
}
