import { type ErrorCode, errorCatalogue, isSentinodeError } from '@sentinode/core';
import pc from 'picocolors';

/** 1: some cases failed, the others are kept. 2: wrong usage or input. 75: interrupted, the same command goes on. */
export function exitCodeOf(code: ErrorCode): 1 | 2 | 75 {
  if (code === 'interrupted') return 75;
  return code === 'cases-failed' ? 1 : 2;
}

/** Prints an error as one sentence with its place (or one JSON object) on stderr and returns the exit code. */
export function printFailure(error: unknown, options: { json: boolean; verbose: boolean }): number {
  if (!isSentinodeError(error)) {
    const text = error instanceof Error ? error.message : String(error);
    if (options.json)
      process.stderr.write(`${JSON.stringify({ error: { code: 'internal', message: text } })}\n`);
    else
      process.stderr.write(
        `${pc.red('internal error:')} ${text}\nThis is a fault of sentinode, not of your data. Run again with --verbose and report what it prints.\n`,
      );
    if (options.verbose && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
    return 2;
  }
  if (options.json) {
    process.stderr.write(`${JSON.stringify({ error: error.toJSON() })}\n`);
  } else {
    const { file, line, field, patient, part } = error.place;
    const place = [
      file === undefined ? undefined : `file ${file}${line === undefined ? '' : `, line ${line}`}`,
      field === undefined ? undefined : `field ${field}`,
      patient === undefined ? undefined : `patient ${patient}`,
      part,
    ].filter((text) => text !== undefined);
    process.stderr.write(`${pc.red('error:')} ${error.message}\n`);
    if (place.length > 0) process.stderr.write(`  ${pc.dim(place.join(' · '))}\n`);
    process.stderr.write(`  ${pc.dim(`[${error.code}] ${errorCatalogue[error.code].remedy}`)}\n`);
  }
  return exitCodeOf(error.code);
}
