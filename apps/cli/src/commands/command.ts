import type { Command as Commander } from 'commander';

/** Options that every command has. */
export interface GlobalOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** What a command gets from the terminal. */
export interface Session {
  readonly global: GlobalOptions;
  readonly signal: AbortSignal;
  /** Prints a result line on stdout. */
  readonly print: (text: string) => void;
  /** Prints a remark on stderr, unless quiet. */
  readonly remark: (text: string) => void;
}

/** One command of the program: a folder or file of its own, one line in `index.ts`. */
export interface CommandKind {
  readonly name: string;
  /** Declares arguments, options, help and examples; `run` is called with what was given and returns the exit code. */
  readonly declare: (
    program: Commander,
    run: (action: (session: Session) => Promise<number>) => Promise<void>,
  ) => void;
}
