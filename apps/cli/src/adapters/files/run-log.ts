import { appendFile } from 'node:fs/promises';

/** `log.jsonl`: one line per event with the time; the only file of a run that differs between equal runs. */
export function runLog(
  path: string,
): (event: string, details?: Readonly<Record<string, unknown>>) => Promise<void> {
  return (event, details = {}) =>
    appendFile(path, `${JSON.stringify({ time: new Date().toISOString(), event, ...details })}\n`);
}
