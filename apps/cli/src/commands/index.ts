import type { CommandKind } from './command.ts';

/** A command by its name; what it needs is loaded when it is asked for. */
export interface CommandEntry {
  readonly name: string;
  readonly load: () => Promise<CommandKind>;
}

/** All commands, in the order in which the help prints them. */
export const commands: readonly CommandEntry[] = [
  { name: 'demo', load: async () => (await import('./demo.ts')).demo },
  { name: 'check', load: async () => (await import('./check/index.ts')).check },
  { name: 'run', load: async () => (await import('./run.ts')).run },
  { name: 'simulate', load: async () => (await import('./simulate.ts')).simulate },
  { name: 'import', load: async () => (await import('./import/index.ts')).importCommand },
  { name: 'deidentify', load: async () => (await import('./deidentify.ts')).deidentify },
  { name: 'arrange', load: async () => (await import('./arrange/index.ts')).arrange },
  { name: 'export', load: async () => (await import('./export.ts')).exportCommand },
  { name: 'map', load: async () => (await import('./map.ts')).map },
  { name: 'bias-field', load: async () => (await import('./bias-field.ts')).biasField },
  { name: 'masks', load: async () => (await import('./masks.ts')).masks },
  { name: 'predict', load: async () => (await import('./predict/index.ts')).predict },
  { name: 'validate', load: async () => (await import('./validate/index.ts')).validate },
  { name: 'rerun', load: async () => (await import('./rerun.ts')).rerun },
  { name: 'compare', load: async () => (await import('./compare.ts')).compare },
  { name: 'extract', load: async () => (await import('./extract/index.ts')).extract },
  { name: 'audit', load: async () => (await import('./audit.ts')).audit },
  { name: 'evaluate', load: async () => (await import('./evaluate/index.ts')).evaluate },
  { name: 'table1', load: async () => (await import('./table1.ts')).table1 },
  { name: 'weights', load: async () => (await import('./weights/index.ts')).weights },
  { name: 'bundle', load: async () => (await import('./bundle/index.ts')).bundle },
  { name: 'doctor', load: async () => (await import('./doctor.ts')).doctor },
];

/** The command that the arguments begin with, or all of them where they name none. */
export async function commandsFor(arguments_: readonly string[]): Promise<CommandKind[]> {
  const asked = arguments_.find((argument) => !argument.startsWith('-'));
  const named = commands.filter(({ name }) => name === asked);
  const needed = named.length > 0 ? named : arguments_[0] === '--version' ? [] : commands;
  return Promise.all(needed.map(({ load }) => load()));
}
