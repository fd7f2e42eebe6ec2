import { SentinodeError } from '@sentinode/core';
import { ENGINE_VERSION, NOTICE } from '@sentinode/study';
import { Command, CommanderError } from 'commander';
import type { GlobalOptions } from './commands/command.ts';
import { commandsFor } from './commands/index.ts';
import { printFailure } from './terminal/failure.ts';
import { openSession } from './terminal/session.ts';

/** Builds the program from the list of commands and runs it; never throws. */
async function main(arguments_: readonly string[]): Promise<number> {
  const program = new Command('sentinode')
    .description(`Deep learning radiomics studies, from images to a locked model and a report.\n${NOTICE}`)
    .version(`sentinode ${ENGINE_VERSION}. ${NOTICE}`, '--version')
    .configureOutput({ writeErr: () => undefined })
    .showHelpAfterError(false)
    .exitOverride();
  let exitCode = 0;
  const flags: GlobalOptions = {
    json: arguments_.includes('--json'),
    quiet: arguments_.includes('--quiet'),
    verbose: arguments_.includes('--verbose'),
  };
  for (const command of await commandsFor(arguments_)) {
    const declared = program
      .command(command.name)
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });
    declared
      .option('--json', 'machine-readable output')
      .option('--quiet', 'no progress')
      .option('--verbose', 'more about faults');
    command.declare(declared, async (action) => {
      const session = openSession(flags);
      try {
        exitCode = await action(session);
      } finally {
        session.close();
      }
    });
  }
  try {
    await program.parseAsync([...arguments_], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      if (error.code === 'commander.help') {
        process.stdout.write(program.helpInformation());
        return 2;
      }
      const sentence = error.message.replace(/^error: /, '');
      return printFailure(
        new SentinodeError('usage', `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`),
        flags,
      );
    }
    return printFailure(error, flags);
  }
}

// A reader that has seen enough (`| head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});
process.exitCode = await main(process.argv.slice(2));
