import { createRandom, SentinodeError } from '@sentinode/core';
import {
  auc,
  type CalibrationResult,
  confusionAt,
  type DecisionCurve,
  decisionCurve,
  delongTest,
  type Proportion,
  type RocCurve,
  rocCurve,
  youden,
} from '@sentinode/statistics';
import { columnCells, sameCell } from '../cohort/read-cohort.ts';
import { calibrationOrNull } from '../results/evaluate-cohort.ts';
import type { CellValue } from '../study-file/options.ts';
import { numericColumn, type RawTable } from '../tables/index.ts';
import { NOTICE } from '../version.ts';

/** Predictions of any tool: which column is the outcome, which are scores. */
export interface EvaluateOptions {
  readonly outcome: string;
  /** Value of the outcome column that means the event; never guessed. */
  readonly positive: CellValue;
  readonly scores: readonly string[];
  readonly decimal: '.' | ',';
  readonly na: readonly string[];
  /** Cut-offs by score name; Youden's on these data where none is given. */
  readonly thresholds: Readonly<Record<string, number>>;
  readonly seed: number;
}

/** Evaluation of one score. */
export interface ScoreEvaluation {
  readonly auc: number;
  readonly ci: readonly [number, number];
  readonly threshold: number;
  readonly thresholdRule: string;
  readonly counts: { readonly tp: number; readonly fp: number; readonly fn: number; readonly tn: number };
  readonly accuracy: Proportion;
  readonly sensitivity: Proportion;
  readonly specificity: Proportion;
  readonly ppv: Proportion;
  readonly npv: Proportion;
  readonly f1: {
    readonly value: number | null;
    readonly ci: readonly [number, number] | null;
    readonly method: string;
  };
  readonly roc: RocCurve;
  /** null with the reason in `notComputed` when the score is no probability. */
  readonly calibration: CalibrationResult | null;
  readonly decisionCurve: DecisionCurve | null;
  readonly notComputed: readonly string[];
}

export interface TableEvaluation {
  readonly notice: string;
  readonly n: number;
  readonly events: number;
  readonly outcome: string;
  readonly positive: CellValue;
  readonly excluded: number;
  readonly scores: Readonly<Record<string, ScoreEvaluation>>;
  readonly delong: readonly {
    readonly a: string;
    readonly b: string;
    readonly difference: number;
    readonly ci: readonly [number, number];
    readonly z: number | null;
    readonly p: number;
    readonly method: string;
  }[];
}

/**
 * Discrimination, thresholds, calibration and decision curves of scores in a table, and DeLong tests of all pairs.
 * Rows with a missing outcome or score are left out and counted. Higher scores must mean the event.
 * @throws SentinodeError `column-unknown`, `table-number`, `one-class`, `level-unknown`
 */
export function evaluateTable(table: RawTable, options: EvaluateOptions): TableEvaluation {
  const na = new Set(options.na);
  const outcomeCells = columnCells(table, options.outcome, '--outcome');
  const columns = options.scores.map((score) => {
    columnCells(table, score, '--scores');
    return numericColumn(table, score, { na: options.na, decimal: options.decimal }).values;
  });
  const complete = outcomeCells.map(
    (cell, row) =>
      cell.trim() !== '' && !na.has(cell.trim()) && columns.every((column) => Number.isFinite(column[row]!)),
  );
  const rows = outcomeCells.flatMap((_, row) => (complete[row] ? [row] : []));
  const outcomes = rows.map((row): 0 | 1 => (sameCell(outcomeCells[row]!, options.positive) ? 1 : 0));
  const events = outcomes.filter((outcome) => outcome === 1).length;
  if (events === 0 || events === rows.length) {
    const found = [...new Set(rows.map((row) => outcomeCells[row]!.trim()))].slice(0, 6).join(', ');
    throw new SentinodeError(
      'one-class',
      `${events} of ${rows.length} rows have ${options.outcome} = ${options.positive}; both outcomes are needed. The column holds: ${found}. Name the event with --positive.`,
      { file: table.file, field: options.outcome },
    );
  }
  const values = columns.map((column) => Float64Array.from(rows, (row) => column[row]!));
  const random = createRandom(options.seed, 'evaluate');
  const scores = Object.fromEntries(
    options.scores.map((name, index) => [
      name,
      evaluateScore(values[index]!, outcomes, options.thresholds[name], random.fork(name)),
    ]),
  );
  const delong = options.scores.flatMap((a, i) =>
    options.scores
      .slice(i + 1)
      .map((b, offset) => ({ a, b, ...delongTest(values[i]!, values[i + 1 + offset]!, outcomes) })),
  );
  return {
    notice: NOTICE,
    n: rows.length,
    events,
    outcome: options.outcome,
    positive: options.positive,
    excluded: outcomeCells.length - rows.length,
    scores,
    delong,
  };
}

function evaluateScore(
  values: Float64Array,
  outcomes: readonly (0 | 1)[],
  given: number | undefined,
  random: ReturnType<typeof createRandom>,
): ScoreEvaluation {
  const area = auc(values, outcomes);
  const threshold = given ?? youden(values, outcomes).threshold;
  const { tp, fp, fn, tn, accuracy, sensitivity, specificity, ppv, npv, f1 } = confusionAt(
    values,
    outcomes,
    threshold,
    random,
  );
  const probabilities = values.every((value) => value >= 0 && value <= 1);
  const calibration = probabilities ? calibrationOrNull(values, outcomes) : null;
  const notComputed = probabilities
    ? calibration === null
      ? ['calibration: a probability is 0 or 1, or the outcome is separated completely']
      : []
    : ['calibration and decision curve: the score is not a probability between 0 and 1'];
  return {
    auc: area.auc,
    ci: area.ci,
    threshold,
    thresholdRule:
      given === undefined ? 'Youden on these data, score >= threshold' : 'given, score >= threshold',
    counts: { tp, fp, fn, tn },
    accuracy,
    sensitivity,
    specificity,
    ppv,
    npv,
    f1,
    roc: rocCurve(values, outcomes),
    calibration,
    decisionCurve: probabilities
      ? decisionCurve(
          values,
          outcomes,
          Array.from({ length: 99 }, (_, k) => (k + 1) / 100),
        )
      : null,
    notComputed,
  };
}
