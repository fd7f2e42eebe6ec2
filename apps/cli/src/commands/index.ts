import type { CommandKind } from './command.ts';

/** All commands, in the order in which the help prints them. */
export const commands: readonly CommandKind[] = [];
