import type { Random } from '@sentinode/core';
import { drawSimple } from '../bootstrap/resampling.ts';
import type { Outcomes } from '../checks.ts';
import { logistic, logit } from '../regression/likelihood.ts';
import { type Stopping, type ValidationIndices, validationIndices } from './indices.ts';

/** How a model is made and used; everything that looks at outcomes belongs into `fit`. */
export interface ValidatedProcedure<Model> {
  /** Fits on the rows given (with repeats); undefined when it cannot. */
  readonly fit: (rows: Uint32Array) => Model | undefined;
  /** Linear predictors (logits) of the rows given. */
  readonly predict: (model: Model, rows: Uint32Array) => Float64Array;
  /** What has to be said of a fit, such as a fallback it took. */
  readonly remark?: (model: Model) => string | undefined;
}

/** One index: on the data the model was fitted on, and what remains after optimism. */
export interface OptimismRow {
  readonly index: keyof ValidationIndices | 'Emax';
  readonly apparent: number;
  /** Mean over resamples on the resample itself. */
  readonly training: number;
  /** Mean over resamples of the model of the resample on the original cases. */
  readonly test: number;
  readonly optimism: number;
  readonly corrected: number;
}

export interface Optimism {
  readonly rows: readonly OptimismRow[];
  readonly resamples: number;
  /** Resamples whose fit or recalibration failed; they are left out of the means. */
  readonly failed: number;
  /** Remarks of the procedure on its fits: on the model itself, and in how many resamples. */
  readonly remarks: readonly { readonly text: string; readonly model: boolean; readonly resamples: number }[];
  readonly n: number;
  readonly events: number;
  readonly method: string;
}

/**
 * Optimism of a model by Harrell's bootstrap (rms `validate`): fit on each resample, measure there and on the original
 * cases, and subtract the mean difference. `scope` says which steps are in the loop; it is printed with the numbers.
 * @param resamples row indices of each resample; see `simpleResamples`
 * @param stopping how far the recalibrations of resamples go
 * @returns undefined when the model cannot be fitted or measured on the cases themselves
 */
export function optimismBootstrap<Model>(
  procedure: ValidatedProcedure<Model>,
  outcomes: Outcomes,
  resamples: Iterable<Uint32Array>,
  scope: string,
  stopping: Stopping = 'converged',
): Optimism | undefined {
  const all = Uint32Array.from({ length: outcomes.length }, (_, i) => i);
  const outcomesOf = (rows: Uint32Array): (0 | 1)[] => Array.from(rows, (row) => outcomes[row]!);
  const measure = (
    model: Model,
    rows: Uint32Array,
    recalibration: Stopping | 'none',
  ): ValidationIndices | undefined =>
    validationIndices(procedure.predict(model, rows), outcomesOf(rows), recalibration);
  const model = procedure.fit(all);
  const apparent = model === undefined ? undefined : measure(model, all, 'converged');
  if (apparent === undefined) return undefined;
  const remarks = new Map<string, { text: string; model: boolean; resamples: number }>();
  const note = (fit: Model, onModel: boolean): void => {
    const text = procedure.remark?.(fit);
    if (text === undefined) return;
    const known = remarks.get(text) ?? { text, model: false, resamples: 0 };
    remarks.set(text, {
      ...known,
      model: known.model || onModel,
      resamples: known.resamples + (onModel ? 0 : 1),
    });
  };
  note(model!, true);
  const names = Object.keys(apparent) as (keyof ValidationIndices)[];
  const sums = new Map(names.map((name) => [name, { training: 0, test: 0 }]));
  let done = 0;
  let failed = 0;
  for (const rows of resamples) {
    const resampled = fitted(procedure, rows, outcomesOf(rows));
    const training =
      resampled === undefined ? undefined : measure(resampled, rows, stopping === 'rms' ? 'none' : stopping);
    const test = resampled === undefined ? undefined : measure(resampled, all, stopping);
    if (training === undefined || test === undefined) {
      failed++;
      continue;
    }
    done++;
    note(resampled!, false);
    for (const name of names) {
      const sum = sums.get(name)!;
      sum.training += training[name];
      sum.test += test[name];
    }
  }
  const rows = names.map((index): OptimismRow => {
    const training = sums.get(index)!.training / done;
    const test = sums.get(index)!.test / done;
    const optimism = training - test;
    return {
      index,
      apparent: apparent[index],
      training,
      test,
      optimism,
      corrected: apparent[index] - optimism,
    };
  });
  const corrected = (index: keyof ValidationIndices): number =>
    rows.find((row) => row.index === index)!.corrected;
  const eMax = largestError(corrected('Intercept'), corrected('Slope'));
  return {
    rows: [
      ...rows,
      { index: 'Emax', apparent: 0, training: 0, test: eMax, optimism: -eMax, corrected: eMax },
    ],
    resamples: done,
    failed,
    remarks: [...remarks.values()],
    n: outcomes.length,
    events: outcomesOf(all).filter((outcome) => outcome === 1).length,
    method: `Harrell's bootstrap, ${done} resamples of all cases; in the loop: ${scope}`,
  };
}

/** A resample without one of the outcomes cannot be fitted; that is counted, not thrown. */
function fitted<Model>(
  procedure: ValidatedProcedure<Model>,
  rows: Uint32Array,
  outcomes: readonly (0 | 1)[],
): Model | undefined {
  return outcomes.every((outcome) => outcome === outcomes[0]) ? undefined : procedure.fit(rows);
}

/** Largest difference of probability and recalibrated probability over the probabilities 0, 0.0005, ..., 1. */
function largestError(intercept: number, slope: number): number {
  let most = 0;
  for (let k = 1; k < 2000; k++) {
    const p = k / 2000;
    const recalibrated = logistic(intercept + slope * logit(p));
    most = Math.max(most, Math.abs(p - recalibrated));
  }
  return most;
}

/** Resamples of all cases, drawn one by one. */
export function* simpleResamples(n: number, count: number, random: Random): Generator<Uint32Array> {
  for (let r = 0; r < count; r++) {
    const drawn = new Uint32Array(n);
    drawSimple(random, drawn);
    yield drawn;
  }
}
