import type { CommandKind } from '../command.ts';
import { type FetchOptions, fetchPublished } from './fetch-published.ts';
import { type ImportOptions, importFile } from './import-file.ts';
import { listWeights } from './list-weights.ts';
import { verifyFile } from './verify-file.ts';

/** Adds the options that every command has; a part of a command has its own list. */
const usual = '--json, --quiet and --verbose work here too.';

export const weights: CommandKind = {
  name: 'weights',
  declare: (command, start) => {
    command
      .description('network weights: import, list, verify, fetch')
      .addHelpText(
        'after',
        '\nExamples:\n  sentinode weights fetch resnet50 --out study/weights              what torchvision publishes, checked\n  sentinode weights import mine.pth --out study/weights --origin RadImageNet\n  sentinode weights verify study/weights/mine.onnx\n  sentinode weights list study/weights\n\nNo network? Download the file elsewhere and import it. More: docs/guide/deep-weights.md',
      );
    command
      .command('import <file>')
      .description('a .pth, .safetensors or .onnx file as a pinned network with its record')
      .option('--out <folder>', 'folder for the two files', 'weights')
      .option('--origin <text>', 'where the weights are from, where no checksum tells')
      .option('--licence <text>', 'their licence, where no checksum tells')
      .option('--json', 'machine-readable output')
      .option('--quiet', 'no progress')
      .addHelpText('after', `\n${usual}`)
      .action((file: string, options: ImportOptions) =>
        start((session) => importFile(file, options, session)),
      );
    command
      .command('list [folder]')
      .description('imported weights of a folder, and published ones that fetch knows')
      .option('--json', 'machine-readable output')
      .action((folder: string | undefined) => start((session) => listWeights(folder ?? 'weights', session)));
    command
      .command('verify <file>')
      .description('whether imported weights are unchanged and can be run')
      .option('--json', 'machine-readable output')
      .action((file: string) => start((session) => verifyFile(file, session)));
    command
      .command('fetch <name>')
      .description('weights that torchvision publishes, e.g. resnet50; checked, then imported')
      .option('--published <version>', '1 or 2: IMAGENET1K_V1 or V2; the newest when left out')
      .option('--from <url>', 'address of a folder that holds the file, such as a mirror of your hospital')
      .option('--out <folder>', 'folder for the files', 'weights')
      .option('--json', 'machine-readable output')
      .option('--quiet', 'no progress')
      .action((name: string, options: FetchOptions) =>
        start((session) => fetchPublished(name, options, session)),
      );
  },
};
