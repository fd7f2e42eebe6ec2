import { join } from 'node:path';
import { type EvaluateOptions, evaluateTable, readTable } from '@sentinode/study';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { readUserFile } from '../../adapters/files/read-file.ts';
import type { CommandKind } from '../command.ts';
import { commaList, numbersOf, type Texts, targetOf, thresholdOf, wholeNumber } from './parse.ts';
import { readable } from './readable.ts';

export const evaluate: CommandKind = {
  name: 'evaluate',
  declare: (command, run) => {
    command
      .description('AUC, comparisons, thresholds, calibration and decision curves of predictions of any tool')
      .argument('<predictions>', 'table (csv, xlsx, sav) with one row per patient')
      .requiredOption('--outcome <column>', 'column of the outcome')
      .requiredOption('--scores <columns>', 'columns of scores, separated by commas; higher means the event')
      .option('--positive <value>', 'value of the outcome that is the event', '1')
      .option('--threshold <score=value...>', 'cut-off of a score; Youden on these data when left out', [])
      .option('--at <rate=value...>', 'thresholds for sensitivity=, specificity= or miss-rate= (0 to 1)', [])
      .option('--prevalence <shares>', 'PPV, NPV and net benefit at these shares of events as well')
      .option('--centre <column>', 'column of the centre, for results by centre')
      .option('--probabilities <columns>', 'scores that must lie between 0 and 1')
      .option('--categories <limits>', 'limits of risk categories for the NRI; continuous when left out')
      .option('--bootstraps <number>', 'resamples of every bootstrap', '2000')
      .option('--decimal <mark>', 'decimal mark of the table', '.')
      .option('--na <texts>', 'cells that mean missing, separated by commas', 'NA')
      .option('--seed <number>', 'seed of the bootstrap', '18')
      .option('--out <folder>', 'writes evaluation.json and figures as SVG there')
      .addHelpText(
        'after',
        '\nExamples:\n  sentinode evaluate predictions.csv --outcome apcr --scores clinical,dlr\n  sentinode evaluate predictions.csv --outcome apcr --scores dlr --at sensitivity=0.95 --prevalence 0.3,0.5 --centre hospital --out evaluation',
      )
      .action((path: string, texts: Texts) =>
        run(async ({ global, print, remark }) => {
          const options = optionsOf(texts);
          const table = await readTable(await readUserFile(path, 'table'), {
            file: path,
            decimal: options.decimal,
          });
          const result = evaluateTable(table, options);
          const json = JSON.stringify(result, null, 2);
          if (texts.out !== undefined) {
            const { renderEvaluation } = await import('@sentinode/report');
            for (const { path: name, content } of renderEvaluation(result))
              await atomicWrite(join(texts.out, name), content);
            await atomicWrite(join(texts.out, 'evaluation.json'), `${json}\n`);
            remark(`Numbers and figures: ${texts.out}`);
          }
          print(global.json ? json : readable(result));
          return 0;
        }),
      );
  },
};

function optionsOf(texts: Texts): EvaluateOptions {
  return {
    outcome: texts.outcome,
    positive: texts.positive,
    scores: commaList(texts.scores),
    probabilities: texts.probabilities === undefined ? [] : commaList(texts.probabilities),
    decimal: texts.decimal,
    na: texts.na.split(','),
    thresholds: Object.fromEntries(texts.threshold.map(thresholdOf)),
    targets: texts.at.map(targetOf),
    prevalences: numbersOf(texts.prevalence, '--prevalence'),
    categories: numbersOf(texts.categories, '--categories').sort((a, b) => a - b),
    centre: texts.centre,
    resamples: wholeNumber(texts.bootstraps, '--bootstraps', 100),
    seed: wholeNumber(texts.seed, '--seed', 0),
  };
}
