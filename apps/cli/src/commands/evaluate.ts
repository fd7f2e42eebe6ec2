import { parseNumber, SentinodeError } from '@sentinode/core';
import { evaluateTable, readTable, type TableEvaluation } from '@sentinode/study';
import { readUserFile } from '../adapters/files/read-file.ts';
import { interval, number, pValue } from '../terminal/numbers.ts';
import { textTable } from '../terminal/text-table.ts';
import type { CommandKind } from './command.ts';

interface Options {
  outcome: string;
  scores: string;
  positive: string;
  threshold: string[];
  decimal: '.' | ',';
  na: string;
  seed: string;
}

export const evaluate: CommandKind = {
  name: 'evaluate',
  declare: (command, run) => {
    command
      .description(
        'AUC, DeLong tests, thresholds, calibration and decision curves of predictions of any tool',
      )
      .argument('<predictions>', 'table (csv, xlsx, sav) with one row per patient')
      .requiredOption('--outcome <column>', 'column of the outcome')
      .requiredOption('--scores <columns>', 'columns of scores, separated by commas; higher means the event')
      .option('--positive <value>', 'value of the outcome that is the event', '1')
      .option('--threshold <score=value...>', 'cut-off of a score; Youden on these data when left out', [])
      .option('--decimal <mark>', 'decimal mark of the table', '.')
      .option('--na <texts>', 'cells that mean missing, separated by commas', 'NA')
      .option('--seed <number>', 'seed of the bootstrap intervals', '18')
      .addHelpText(
        'after',
        '\nExample:\n  sentinode evaluate predictions.csv --outcome apcr --scores clinical,dlr',
      )
      .action((path: string, options: Options) =>
        run(async ({ global, print }) => {
          const table = await readTable(await readUserFile(path, 'table'), {
            file: path,
            decimal: options.decimal,
          });
          const result = evaluateTable(table, {
            outcome: options.outcome,
            positive: options.positive,
            scores: options.scores
              .split(',')
              .map((name) => name.trim())
              .filter((name) => name !== ''),
            decimal: options.decimal,
            na: options.na.split(','),
            thresholds: Object.fromEntries(options.threshold.map(thresholdOf)),
            seed: parseNumber(options.seed) ?? 18,
          });
          print(global.json ? JSON.stringify(result, null, 2) : readable(result));
          return 0;
        }),
      );
  },
};

function thresholdOf(text: string): [string, number] {
  const at = text.lastIndexOf('=');
  const value = parseNumber(text.slice(at + 1));
  if (at < 1 || value === undefined)
    throw new SentinodeError('usage', `--threshold takes score=number, not "${text}".`, {
      field: '--threshold',
    });
  return [text.slice(0, at), value];
}

function readable(result: TableEvaluation): string {
  const rows = Object.entries(result.scores).map(([name, score]) => [
    name,
    `${number(score.auc)} (${interval(score.ci)})`,
    number(score.threshold),
    ...[score.sensitivity, score.specificity, score.ppv, score.npv, score.accuracy].map((rate) =>
      rate.value === null || rate.ci === null ? '–' : `${number(rate.value)} (${interval(rate.ci)})`,
    ),
    score.calibration === null
      ? '–'
      : `${number(score.calibration.slope.value)} / ${number(score.calibration.intercept.value)}`,
  ]);
  const header = [
    'score',
    'AUC (95 % CI)',
    'threshold',
    'sensitivity',
    'specificity',
    'PPV',
    'NPV',
    'accuracy',
    'slope / intercept',
  ];
  const tests = result.delong.map((test) => [
    `${test.a} – ${test.b}`,
    number(test.difference),
    test.z === null ? '–' : number(test.z),
    pValue(test.p),
  ]);
  const excluded =
    result.excluded === 0 ? '' : `, ${result.excluded} rows left out (missing outcome or score)`;
  return [
    `${result.n} patients, ${result.events} with ${result.outcome} = ${result.positive}${excluded}. ${result.notice}`,
    '',
    textTable(header, rows),
    '',
    'AUC: DeLong interval. Rates: Wilson interval at the threshold (score >= threshold).',
    ...(tests.length === 0 ? [] : ['', textTable(['DeLong, paired', 'difference', 'z', 'p'], tests)]),
    ...Object.entries(result.scores).flatMap(([name, score]) =>
      score.notComputed.map((reason) => `Not computed for ${name}: ${reason}.`),
    ),
  ].join('\n');
}
