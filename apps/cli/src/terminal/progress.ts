import type { Progress } from '@sentinode/core';
import pc from 'picocolors';

const WIDTH = 28;

/** Progress on stderr: a bar on a terminal, a plain line per tenth otherwise, nothing when quiet. */
export function terminalProgress(quiet: boolean): { progress: Progress; end: () => void } {
  if (quiet) return { progress: () => undefined, end: () => undefined };
  const bar = process.stderr.isTTY === true;
  let stage = '';
  let lastTenth = -1;
  let open = false;
  const end = (): void => {
    if (open) process.stderr.write('\n');
    open = false;
  };
  const progress: Progress = (event) => {
    if (event.stage !== stage) {
      end();
      stage = event.stage;
      lastTenth = -1;
    }
    const share = event.total === 0 ? 1 : event.done / event.total;
    if (bar) {
      const filled = Math.round(share * WIDTH);
      process.stderr.write(
        `\r${event.stage.padEnd(20)} ${pc.cyan('█'.repeat(filled))}${pc.dim('░'.repeat(WIDTH - filled))} ${event.done}/${event.total} `,
      );
      open = true;
    } else {
      const tenth = Math.floor(share * 10);
      if (tenth !== lastTenth) process.stderr.write(`${event.stage}: ${event.done}/${event.total}\n`);
      lastTenth = tenth;
    }
  };
  return { progress, end };
}

/** A time for a person to wait, in words: `40 s`, `3 min`, `2 h 10 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
