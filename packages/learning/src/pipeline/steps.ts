import { type FeatureTable, nearest, type Progress, parseOptions, SentinodeError } from '@sentinode/core';
import type { FitContext, FittedStep, PenaltyPath, Step } from '../estimator.ts';
import { steps } from '../steps/index.ts';

/** A step as a study file writes it: its name, or its name with options. */
export type DeclaredStep = string | Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Fitted steps in order, and the training rows after the last. */
export interface FittedSteps {
  readonly steps: readonly FittedStep[];
  readonly output: FeatureTable;
}

/** Step and options of a declaration. @throws SentinodeError `option-unknown`, `option-invalid` */
export function resolveStep(
  declared: DeclaredStep,
  field = 'selection',
  available: readonly Step[] = steps,
): { step: Step; options: unknown } {
  const [name, given] =
    typeof declared === 'string' ? [declared, {}] : (Object.entries(declared)[0] ?? ['', {}]);
  const step = available.find((candidate) => candidate.name === name);
  if (step === undefined || (typeof declared !== 'string' && Object.keys(declared).length !== 1)) {
    const names = available.map((candidate) => candidate.name);
    const near = nearest(name, names);
    throw new SentinodeError(
      'option-unknown',
      `"${name}" is not a selection step: ${near === undefined ? `the steps are ${names.join(', ')}` : `did you mean "${near}"?`}`,
      { field },
    );
  }
  return { step, options: parseOptions(step.options, given, { field: `${field}.${name}` }) };
}

/**
 * Fits declared steps one after the other on training rows. A step that leaves no column ends the selection: the
 * steps after it see an empty table.
 */
export function fitSteps(
  declared: readonly DeclaredStep[],
  table: FeatureTable,
  context: FitContext,
  progress?: Progress,
  label = 'selection',
  available?: readonly Step[],
): FittedSteps {
  const resolved = declared.map((entry) => resolveStep(entry, 'selection', available));
  const fitted: FittedStep[] = [];
  let current = table;
  resolved.forEach(({ step, options }, index) => {
    const result = step.fit(current, options, {
      ...context,
      random: context.random.fork(`${index}-${step.name}`),
    });
    fitted.push(result);
    current = step.transform(result, current);
    progress?.({ stage: label, done: index + 1, total: resolved.length });
  });
  return { steps: fitted, output: current };
}

/** Applies one fitted step. */
export function transform(
  fitted: FittedStep,
  table: FeatureTable,
  available: readonly Step[] = steps,
): FeatureTable {
  const step = available.find((candidate) => candidate.name === fitted.step);
  if (step === undefined)
    throw new SentinodeError('option-unknown', `This version has no selection step "${fitted.step}".`, {
      field: 'selection',
    });
  return step.transform(fitted, table);
}

/** Path of a penalised selector, undefined for every other step. */
export function penaltyPathOf(
  fitted: FittedStep,
  available: readonly Step[] = steps,
): PenaltyPath | undefined {
  return available.find((candidate) => candidate.name === fitted.step)?.penaltyPath?.(fitted);
}

/** Applies all fitted steps in order. */
export function transformAll(
  fitted: readonly FittedStep[],
  table: FeatureTable,
  available?: readonly Step[],
): FeatureTable {
  return fitted.reduce((current, step) => transform(step, current, available), table);
}
