import { SentinodeError } from '@sentinode/core';
import type { CommandKind } from '../command.ts';
import { extractOne } from './extract-one.ts';
import type { ExtractOptions } from './options.ts';
import { alsoOf } from './settings.ts';

/** How many forms were asked for that are of one case. */
function ofOneCase({ voxel, responseMaps, explain }: ExtractOptions): number {
  return [voxel === true, responseMaps === true, explain !== undefined].filter(Boolean).length;
}

export const extract: CommandKind = {
  name: 'extract',
  declare: (command, run) => {
    command
      .description('radiomic features of one image and mask, or of a list of them')
      .argument('[image]', 'NIfTI or NRRD volume')
      .argument('[mask]', 'NIfTI or NRRD mask on the grid of the image')
      .option(
        '--params <file>',
        'PyRadiomics parameter file; default: 1,197 features of the default protocol',
      )
      .option(
        '-s, --setting <key:value>',
        'one setting in place of that of the parameter file; may be repeated',
        alsoOf,
      )
      .option('--print-params', 'print the settings as a PyRadiomics parameter file, and measure nothing')
      .option(
        '--label <label>',
        'number or name of the label of the region, default that of the parameter file or 1',
      )
      .option('--labels <file>', 'label description file of ITK-SNAP; default: <mask>.labels.txt')
      .option('--standard <name>', 'pyradiomics or ibsi; default: that of the parameter file, or pyradiomics')
      .option(
        '--format <name>',
        'csv or json for one case (default csv); csv or parquet for a batch; nrrd or nifti for maps',
      )
      .option('--out <file>', 'write here instead of the terminal')
      .option('--batch <cases>', 'table with columns Image, Mask, optional ID, Label and Label_channel')
      .option('--skip-nans', 'leave cells without a value empty, and such features out of JSON')
      .option(
        '--format-path <form>',
        'paths in tables: absolute, relative to this folder, or basename; default: as given',
      )
      .option('--jobs <number>', 'worker threads of a batch')
      .option('--shard <i/n>', 'only part i of n of a batch')
      .option('--voxel', 'feature maps in the folder --out: each feature round every voxel')
      .option('--response-maps', 'the images that the filters of --standard ibsi give, in the folder --out')
      .option(
        '--explain <feature>',
        'how one feature comes about: formula, source, matrix or histogram, grey levels, settings',
      )
      .addHelpText(
        'after',
        '\nExamples:\n  sentinode extract image.nii.gz mask.nii.gz --format csv\n  sentinode extract --batch cases.csv --params params.yaml --out features.csv\n  sentinode extract image.nii.gz mask.nii.gz --params params.yaml --voxel --out maps\n  sentinode extract image.nii.gz mask.nii.gz --explain original_glcm_JointEntropy\n  sentinode extract image.nii.gz --params ibsi.yaml --response-maps --out maps\n\nA batch that was stopped goes on where it was; failed rows are listed in <out>.failures.csv.',
      )
      .action((image: string | undefined, mask: string | undefined, options: ExtractOptions) =>
        run(async (session) => {
          if (options.printParams === true)
            return (await import('./print-params.ts')).printParams(options, session);
          if (options.batch !== undefined) {
            if (ofOneCase(options) > 0)
              throw new SentinodeError(
                'usage',
                '--voxel, --response-maps and --explain take one IMAGE and MASK, not --batch.',
              );
            if (image !== undefined)
              throw new SentinodeError('usage', 'Give either IMAGE and MASK or --batch, not both.');
            return (await import('./extract-batch.ts')).extractBatch(options, options.batch, session);
          }
          if (ofOneCase(options) > 1)
            throw new SentinodeError(
              'usage',
              'Give one of --voxel, --response-maps and --explain, not several.',
            );
          if (options.responseMaps === true && image !== undefined)
            return (await import('./extract-responses.ts')).extractResponses(image, options, session);
          if (image === undefined || mask === undefined)
            throw new SentinodeError('usage', 'Name an image and a mask, or a list of cases with --batch.');
          if (options.voxel === true)
            return (await import('./extract-maps.ts')).extractMaps(image, mask, options, session);
          if (options.explain !== undefined)
            return (await import('./extract-explanation.ts')).extractExplanation(
              image,
              mask,
              options.explain,
              options,
              session,
            );
          return extractOne(image, mask, options, session);
        }),
      );
  },
};
