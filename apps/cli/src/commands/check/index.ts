import { SentinodeError } from '@sentinode/core';
import type { CommandKind } from '../command.ts';
import { checkCase } from './check-case.ts';
import { checkStudyFile } from './check-study-file.ts';
import type { CheckCommandOptions } from './options.ts';

export const check: CommandKind = {
  name: 'check',
  declare: (command, start) => {
    command
      .description(
        'what can be known before the long work: patients, files, geometry, grey levels, missing cells; with pictures, and copies of masks that can be repaired',
      )
      .argument('<study>', 'study file (study.yaml), or an image')
      .argument('[masks...]', 'masks of that image; the first is measured')
      .option('--out <file>', 'also write a page with pictures of the regions, e.g. check.html')
      .option('--pictures <number>', 'patients of a study of whom the page shows pictures; all when left out')
      .option(
        '--repair [file]',
        'copies of masks that are certain to be repaired: of a study into the folder images.masks.repaired, of one mask into the file',
      )
      .option(
        '--label <label>',
        'number or name of the label of the region, where an image and masks are given',
      )
      .option('--labels <file>', 'label description file of ITK-SNAP; default: <mask>.labels.txt')
      .option('--jobs <number>', 'worker threads')
      .addHelpText(
        'after',
        '\nExamples:\n  sentinode check study.yaml --out check.html\n  sentinode check study.yaml --repair\n  sentinode check image.nii.gz reader1.nii.gz reader2.nii.gz --out check.html\n  sentinode check image.nii.gz mask.nii.gz --repair repaired.nii.gz',
      )
      .action((path: string, masks: string[], options: CheckCommandOptions) =>
        start((session) => {
          const study = /\.ya?ml$/i.test(path);
          if (study && masks.length > 0)
            throw new SentinodeError('usage', 'A study file names its masks itself; give no others.', {
              field: 'masks',
            });
          if (!study && masks.length === 0)
            throw new SentinodeError(
              'usage',
              'check takes a study file (.yaml), or an image with its masks.',
              { file: path, field: 'masks' },
            );
          return study ? checkStudyFile(path, options, session) : checkCase(path, masks, options, session);
        }),
      );
  },
};
