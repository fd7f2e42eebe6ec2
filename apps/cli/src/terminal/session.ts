import type { GlobalOptions, Session } from '../commands/command.ts';

/** The terminal as commands see it. The first Ctrl-C asks the work to stop and keeps what is finished. */
export function openSession(global: GlobalOptions): Session & { close: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(75);
    process.stderr.write('\nStopping; finished parts are kept. Press Ctrl-C again to leave at once.\n');
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    global,
    signal: controller.signal,
    print: (text) => process.stdout.write(`${text}\n`),
    remark: (text) => {
      if (!global.quiet) process.stderr.write(`${text}\n`);
    },
    close: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
