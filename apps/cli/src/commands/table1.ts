import { parseNumber, SentinodeError } from '@sentinode/core';
import type { BaselineRow, ForcedTest } from '@sentinode/statistics';
import { type BaselineOfTable, baselineOfTable, NOTICE, readTable } from '@sentinode/study';
import { readUserFile } from '../adapters/files/read-file.ts';
import { number, pValue } from '../terminal/numbers.ts';
import { textTable } from '../terminal/text-table.ts';
import type { CommandKind } from './command.ts';

interface Options {
  by: string;
  variables?: string;
  categorical: string;
  test: string[];
  exactBelow?: string;
  continuity: boolean;
  decimal: '.' | ',';
  na: string;
}

const tests: readonly ForcedTest[] = [
  't-test',
  'welch',
  'mann-whitney',
  'chi-square',
  'chi-square-yates',
  'fisher',
];

export const table1: CommandKind = {
  name: 'table1',
  declare: (command, run) => {
    command
      .description('baseline table of two groups, with tests')
      .argument('<table>', 'table (csv, xlsx, sav) with one row per patient')
      .requiredOption('--by <column>', 'column that makes the two groups')
      .option('--variables <columns>', 'columns to compare, separated by commas; default all')
      .option('--categorical <columns>', 'columns of numbers that are codes', '')
      .option('--test <variable=test...>', `force a test: ${tests.join(', ')}`, [])
      .option(
        '--exact-below <n>',
        'exact Mann-Whitney where both groups have fewer values and no ties (R: 50)',
      )
      .option('--no-continuity', 'Mann-Whitney without continuity correction')
      .option('--decimal <mark>', 'decimal mark of the table', '.')
      .option('--na <texts>', 'cells that mean missing, separated by commas', 'NA')
      .addHelpText('after', '\nExample:\n  sentinode table1 clinical.csv --by apcr --variables age,er,ki67')
      .action((path: string, options: Options) =>
        run(async ({ global, print, remark }) => {
          const table = await readTable(await readUserFile(path, 'table'), {
            file: path,
            decimal: options.decimal,
          });
          const result = baselineOfTable(table, {
            by: options.by,
            variables: options.variables === undefined ? undefined : listOf(options.variables),
            categorical: listOf(options.categorical),
            decimal: options.decimal,
            na: options.na.split(','),
            tests: Object.fromEntries(options.test.map(testOf)),
            mannWhitney: { continuity: options.continuity, exactBelow: exactBelow(options.exactBelow) },
          });
          for (const line of result.remarks) remark(line);
          print(global.json ? JSON.stringify(result.rows, null, 2) : readable(result));
          return 0;
        }),
      );
  },
};

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

function testOf(text: string): [string, ForcedTest] {
  const at = text.lastIndexOf('=');
  const test = tests.find((name) => name === text.slice(at + 1));
  if (at < 1 || test === undefined)
    throw new SentinodeError('usage', `--test takes variable=test with ${tests.join(', ')}, not "${text}".`, {
      field: '--test',
    });
  return [text.slice(0, at), test];
}

function exactBelow(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = parseNumber(text);
  if (value === undefined || !Number.isInteger(value) || value < 1 || value > 200)
    throw new SentinodeError('usage', `--exact-below takes a whole number from 1 to 200, not "${text}".`, {
      field: '--exact-below',
    });
  return value;
}

function readable({ rows, groups }: BaselineOfTable): string {
  const lines = rows.flatMap((row) => [head(row), ...levels(row)]);
  const sizes = groups.map(
    (group, index) => `${group} (n ≤ ${Math.max(0, ...rows.map((row) => row.groups[index]?.n ?? 0))})`,
  );
  return [
    textTable(['variable', ...sizes, 'test', 'p'], lines),
    '',
    'Continuous: mean ± SD with Student t, median [quartiles] with Mann-Whitney. Categorical: n (%).',
    NOTICE,
  ].join('\n');
}

function head(row: BaselineRow): string[] {
  const p = row.p === null ? '–' : pValue(row.p);
  const test = row.test ?? `none: ${row.reason}`;
  if (row.kind === 'categorical') return [row.variable, ...row.groups.map(() => ''), test, p];
  const byMean = row.test !== 'Mann-Whitney';
  const cells = row.groups.map(({ mean, sd, median, q1, q3, missing }) => {
    const gap = missing > 0 ? ` (${missing} missing)` : '';
    if (mean === undefined || median === undefined) return `–${gap}`;
    return byMean
      ? `${number(mean)} ± ${sd === undefined ? '–' : number(sd)}${gap}`
      : `${number(median)} [${number(q1 ?? median)}–${number(q3 ?? median)}]${gap}`;
  });
  return [row.variable, ...cells, test, p];
}

function levels(row: BaselineRow): string[][] {
  return row.levels.map(({ level, counts, share }) => [
    `  ${level}`,
    ...counts.map((count, index) => {
      const part = share[index];
      return part === null || part === undefined ? String(count) : `${count} (${(100 * part).toFixed(1)} %)`;
    }),
  ]);
}
