import { createRandom, SentinodeError } from '@sentinode/core';
import { columnCells, sameCell } from '../cohort/read-cohort.ts';
import type { CellValue } from '../study-file/options.ts';
import { numericColumn, type RawTable } from '../tables/index.ts';
import { NOTICE } from '../version.ts';
import { compareScores, type DelongComparison, type ScoreComparison } from './compare-scores.ts';
import { evaluateScore } from './evaluate-score.ts';
import type { EvaluateOptions } from './options.ts';
import type { ScoreEvaluation } from './score-evaluation.ts';

/** Everything that is computed of scores in a table. */
export interface TableEvaluation {
  readonly notice: string;
  readonly n: number;
  readonly events: number;
  readonly outcome: string;
  readonly positive: CellValue;
  /** Rows left out for a missing outcome, score or centre. */
  readonly excluded: number;
  readonly scores: Readonly<Record<string, ScoreEvaluation>>;
  readonly delong: readonly DelongComparison[];
  readonly comparisons: readonly ScoreComparison[];
}

/**
 * Discrimination, thresholds, calibration and decision curves of scores in a table, and comparisons of all pairs.
 * Rows with a missing outcome, score or centre are left out and counted. Higher scores must mean the event.
 * @throws SentinodeError `column-unknown`, `table-number`, `table-empty`, `one-class`, `probability-range`, `usage`
 */
export function evaluateTable(table: RawTable, options: EvaluateOptions): TableEvaluation {
  const na = new Set(options.na);
  const present = (cell: string): boolean => cell.trim() !== '' && !na.has(cell.trim());
  checkNames(options);
  const outcomeCells = columnCells(table, options.outcome, '--outcome');
  const centreCells =
    options.centre === undefined ? undefined : columnCells(table, options.centre, '--centre');
  const columns = options.scores.map((score) => {
    columnCells(table, score, '--scores');
    return numericColumn(table, score, { na: options.na, decimal: options.decimal }).values;
  });
  const rows = outcomeCells.flatMap((cell, row) =>
    present(cell) &&
    (centreCells === undefined || present(centreCells[row]!)) &&
    columns.every((column) => Number.isFinite(column[row]!))
      ? [row]
      : [],
  );
  if (rows.length === 0)
    throw new SentinodeError('table-empty', 'No row has an outcome and every score.', {
      file: table.file,
      field: options.outcome,
    });
  const outcomes = rows.map((row): 0 | 1 => (sameCell(outcomeCells[row]!, options.positive) ? 1 : 0));
  const events = checkOutcomes(table, options, outcomes, rows);
  const values = columns.map((column) => Float64Array.from(rows, (row) => column[row]!));
  checkProbabilities(table, options, values, rows);
  const centres = centreCells === undefined ? undefined : rows.map((row) => centreCells[row]!.trim());
  const random = createRandom(options.seed, 'evaluate');
  const evaluated = options.scores.map((name, index) => ({
    name,
    values: values[index]!,
    result: evaluateScore({ name, values: values[index]!, outcomes, centres }, options, random.fork(name)),
  }));
  const { delong, comparisons } = compareScores(
    evaluated.map(({ name, values: own, result }) => ({ name, values: own, threshold: result.threshold })),
    outcomes,
    options,
    random.fork('pairs'),
  );
  return {
    notice: NOTICE,
    n: rows.length,
    events,
    outcome: options.outcome,
    positive: options.positive,
    excluded: outcomeCells.length - rows.length,
    scores: Object.fromEntries(evaluated.map(({ name, result }) => [name, result])),
    delong,
    comparisons,
  };
}

function checkNames({ scores, thresholds, probabilities = [] }: EvaluateOptions): void {
  if (scores.length === 0) throw new SentinodeError('usage', 'No score is named.', { field: '--scores' });
  const twice = scores.find((name, index) => scores.indexOf(name) !== index);
  if (twice !== undefined)
    throw new SentinodeError('usage', `The score "${twice}" is named twice.`, { field: '--scores' });
  for (const [names, field] of [
    [Object.keys(thresholds), '--threshold'],
    [probabilities, '--probabilities'],
  ] as const) {
    const unknown = names.find((name) => !scores.includes(name));
    if (unknown !== undefined)
      throw new SentinodeError('usage', `"${unknown}" is not among the scores (${scores.join(', ')}).`, {
        field,
      });
  }
}

/** Number of events. */
function checkOutcomes(
  table: RawTable,
  { outcome, positive }: EvaluateOptions,
  outcomes: readonly (0 | 1)[],
  rows: readonly number[],
): number {
  const events = outcomes.filter((one) => one === 1).length;
  if (events > 0 && events < rows.length) return events;
  const cells = columnCells(table, outcome, '--outcome');
  const found = [...new Set(rows.map((row) => cells[row]!.trim()))].slice(0, 6).join(', ');
  throw new SentinodeError(
    'one-class',
    `${events} of ${rows.length} rows have ${outcome} = ${positive}; both outcomes are needed. The column holds: ${found}. Name the event with --positive.`,
    { file: table.file, field: outcome },
  );
}

function checkProbabilities(
  table: RawTable,
  { scores, probabilities = [] }: EvaluateOptions,
  values: readonly Float64Array[],
  rows: readonly number[],
): void {
  for (const name of probabilities) {
    const own = values[scores.indexOf(name)]!;
    const at = own.findIndex((value) => value < 0 || value > 1);
    if (at < 0) continue;
    const line = table.lines?.[rows[at]!];
    throw new SentinodeError(
      'probability-range',
      `Column "${name}", ${line === undefined ? `row ${rows[at]! + 1}` : `line ${line}`}: ${own[at]} is no probability. Mend it, or leave ${name} out of --probabilities to rank it as a score.`,
      { file: table.file, field: name, line },
    );
  }
}
