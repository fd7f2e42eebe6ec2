import { parseNumber, SentinodeError } from '@sentinode/core';
import { columnIndex, type RawTable, readTable } from '../tables/index.ts';
import type {
  Baseline,
  CountedVariable,
  LevelCounts,
  MeasuredVariable,
  ModelRow,
  OddsRow,
  Paper,
  RateName,
  Statement,
} from './paper.ts';
import { rateNames } from './paper.ts';
import { type PrintedNumber, printedNumber } from './printed-number.ts';

/** Files of a paper's folder; each may be left out. */
export const paperFiles = [
  'table1.csv',
  'table2.csv',
  'table2_counts.csv',
  'table3.csv',
  'printed.csv',
] as const;
export type PaperFile = (typeof paperFiles)[number];

/**
 * Reads a paper from its tables. docs/guide/paper-check.md describes the columns.
 * @throws SentinodeError `table-empty` when there is none of the files, `column-unknown`, `table-number`
 */
export function readPaper(files: ReadonlyMap<PaperFile, Uint8Array>): Paper {
  if (files.size === 0)
    throw new SentinodeError(
      'table-empty',
      `There is none of the tables of a paper: ${paperFiles.join(', ')}. docs/guide/paper-check.md says what they hold.`,
    );
  const table = (file: PaperFile): Rows | undefined => {
    const bytes = files.get(file);
    return bytes === undefined ? undefined : new Rows(readTable(bytes, { file }));
  };
  return {
    baseline: baselineOf(table('table1.csv')),
    odds: table('table2.csv')?.map(oddsRow) ?? [],
    oddsCounts: countsOf(table('table2_counts.csv')),
    models: table('table3.csv')?.map(modelRow) ?? [],
    statements: table('printed.csv')?.map(statement) ?? [],
  };
}

/** Cells by column name, with errors that name file, row and column. */
class Rows {
  readonly table: RawTable;

  constructor(table: RawTable) {
    this.table = table;
  }

  map<T>(make: (row: Cells) => T): T[] {
    return this.table.rows.map((cells, at) => make(new Cells(this.table, cells, at)));
  }
}

class Cells {
  readonly table: RawTable;
  readonly #cells: readonly string[];
  readonly #row: number;

  constructor(table: RawTable, cells: readonly string[], row: number) {
    this.table = table;
    this.#cells = cells;
    this.#row = row;
  }

  text(column: string): string {
    return (this.#cells[columnIndex(this.table, column)] ?? '').trim();
  }

  /** Text of a column that may be missing. */
  maybe(column: string): string {
    return this.table.columns.includes(column) ? this.text(column) : '';
  }

  printed(column: string): PrintedNumber {
    const found = printedNumber(this.text(column));
    if (found === undefined) throw this.wrong(column, 'a number such as 0.425 or <0.001');
    return found;
  }

  count(column: string): number {
    const value = parseNumber(this.text(column));
    if (value === undefined || !Number.isInteger(value) || value < 0) throw this.wrong(column, 'a count');
    return value;
  }

  wrong(column: string, expected: string): SentinodeError {
    return new SentinodeError(
      'table-number',
      `Row ${this.#row + 1}, column "${column}" holds "${this.text(column)}" where ${expected} is expected.`,
      { file: this.table.file, field: column },
    );
  }
}

function baselineOf(rows: Rows | undefined): Baseline | undefined {
  if (rows === undefined) return undefined;
  const groups = rows.table.columns.filter((name) => !['variable', 'level', 'printed_p'].includes(name));
  let sizes: readonly number[] = [];
  const counted = new Map<
    string,
    { levels: CountedVariable['levels'][number][]; p: PrintedNumber | undefined }
  >();
  const measured = new Map<string, Partial<Record<'mean' | 'sd', PrintedNumber[]>> & { p?: PrintedNumber }>();
  rows.map((row) => {
    const name = row.text('variable');
    const p = printedNumber(row.maybe('printed_p'));
    const statistic = /^(.*)_(mean|sd)$/.exec(name);
    if (name === 'n') sizes = groups.map((group) => row.count(group));
    else if (statistic !== null) {
      const one = measured.get(statistic[1]!) ?? {};
      one[statistic[2] as 'mean' | 'sd'] = groups.map((group) => row.printed(group));
      if (p !== undefined) one.p = p;
      measured.set(statistic[1]!, one);
    } else {
      const one = counted.get(name) ?? { levels: [], p: undefined };
      one.levels.push({ level: row.text('level'), counts: groups.map((group) => row.count(group)) });
      one.p ??= p;
      counted.set(name, one);
    }
  });
  return {
    groups,
    sizes,
    variables: [...counted].map(([name, { levels, p }]) => ({ name, levels, p })),
    measured: [...measured].flatMap(([name, { mean, sd, p }]): MeasuredVariable[] =>
      mean === undefined || sd === undefined ? [] : [{ name, means: mean, deviations: sd, p }],
    ),
  };
}

function oddsRow(row: Cells): OddsRow {
  return {
    analysis: row.text('analysis'),
    variable: row.text('variable'),
    level: row.text('level'),
    ratio: row.printed('odds_ratio'),
    low: row.printed('ci_low'),
    high: row.printed('ci_high'),
    p: printedNumber(row.maybe('p')),
  };
}

/** The column whose name is the other's with `non_` before it is that of those without the event. */
function countsOf(rows: Rows | undefined): Map<string, LevelCounts[]> {
  const found = new Map<string, LevelCounts[]>();
  if (rows === undefined) return found;
  const groups = rows.table.columns.filter((name) => name !== 'variable' && name !== 'level');
  const others = groups.find((name) => /^non[_-]/.test(name)) ?? groups[1]!;
  const events = groups.find((name) => name !== others)!;
  rows.map((row) => {
    const name = row.text('variable');
    const one = { level: row.text('level'), events: row.count(events), others: row.count(others) };
    found.set(name, [...(found.get(name) ?? []), one]);
  });
  return found;
}

function modelRow(row: Cells): ModelRow {
  const comparison = row.table.columns
    .map((name) => /^delong_p_vs_(.+)$/.exec(name))
    .find((match) => match !== null);
  const p = comparison === undefined ? undefined : printedNumber(row.text(comparison[0]));
  const [low, high] = [printedNumber(row.maybe('auc_low')), printedNumber(row.maybe('auc_high'))];
  const rates = new Map<RateName, PrintedNumber>();
  for (const name of rateNames) {
    const value = printedNumber(row.maybe(name));
    if (value !== undefined) rates.set(name, value);
  }
  return {
    model: row.text('model'),
    cohort: row.text('cohort'),
    auc: printedNumber(row.maybe('auc')),
    interval: low === undefined || high === undefined ? undefined : [low, high],
    rates,
    compared: comparison === undefined || p === undefined ? undefined : { with: comparison[1]!, p },
  };
}

function statement(row: Cells): Statement {
  return {
    id: row.maybe('id'),
    section: row.maybe('section'),
    kind: row.text('kind'),
    subject: row.text('subject'),
    value: row.text('value'),
    detail: row.maybe('detail'),
  };
}
