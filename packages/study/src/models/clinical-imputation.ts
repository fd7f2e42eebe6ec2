import { canonicalJson, createRandom, hash32, type Random } from '@sentinode/core';
import {
  type ChainedEquations,
  type CompletedVariables,
  chainedEquations,
  completeRow,
  type ImputationSettings,
  type ImputedVariable,
} from '@sentinode/statistics';
import type { ClinicalData, ClinicalValues, ClinicalVariable } from '../cohort/clinical-data.ts';
import type { ModelData } from './model-data.ts';

/**
 * Fitted imputation of the clinical variables, as plain JSON: fitted on training rows, without the outcome, so that
 * training rows, held-out rows and new patients are completed in the same way.
 */
export interface ClinicalImputation {
  readonly variables: readonly ClinicalVariable[];
  /** Row ids that it saw. */
  readonly rows: readonly string[];
  readonly equations: ChainedEquations;
  /** Seed of the draws for rows that it did not see. */
  readonly seed: number;
}

/** Clinical values by imputation, then by row. */
export type CompletedClinical = readonly (readonly ClinicalValues[])[];

/** What imputation made of training rows. */
export interface ImputedClinical {
  readonly imputation: ClinicalImputation;
  /** For the models: completed without the outcome. */
  readonly forModels: CompletedClinical;
  /** For the regression and the selection: completed with the outcome, without which associations are diluted. */
  readonly forRegression: CompletedClinical;
  /** Variables with a missing value in the rows. */
  readonly incomplete: ReadonlySet<string>;
}

const valuesAt = ({ ids, clinical }: Pick<ModelData, 'ids' | 'clinical'>): ClinicalValues[] =>
  ids.map((id) => clinical.values.get(id) ?? {});

/** Clinical values of every row as they are. */
export function plainClinical(data: Pick<ModelData, 'ids' | 'clinical'>): CompletedClinical {
  return [valuesAt(data)];
}

/** Fits both imputations on the rows of the data, and completes them. @throws SentinodeError `too-few-rows` */
export function imputeClinical(
  data: ModelData,
  settings: ImputationSettings,
  random: Random,
): ImputedClinical {
  const { variables } = data.clinical;
  const rows = valuesAt(data);
  const given = variables.map((variable) => imputedVariable(variable, rows));
  const own = chainedEquations(given, null, settings, random.fork('without outcome'));
  const associated = chainedEquations(given, data.outcomes, settings, random.fork('with outcome'));
  return {
    imputation: {
      variables,
      rows: [...data.ids],
      equations: own.fitted,
      seed: random.fork('new rows').uint32(),
    },
    forModels: own.completed.map((one) => completedRows(variables, one)),
    forRegression: associated.completed.map((one) => completedRows(variables, one)),
    incomplete: new Set(given.flatMap(({ name, values }) => (values.some(Number.isNaN) ? [name] : []))),
  };
}

function imputedVariable(variable: ClinicalVariable, rows: readonly ClinicalValues[]): ImputedVariable {
  const values = Float64Array.from(rows, (row) => codeOf(variable, row[variable.name] ?? null));
  return variable.kind === 'continuous'
    ? { name: variable.name, kind: 'continuous', values }
    : { name: variable.name, kind: 'factor', levels: variable.levels, values };
}

/** NaN for missing. */
function codeOf(variable: ClinicalVariable, value: number | string | null): number {
  if (value === null) return Number.NaN;
  return variable.kind === 'continuous' ? Number(value) : variable.levels.indexOf(String(value));
}

const clinicalValue = (variable: ClinicalVariable, code: number): number | string =>
  variable.kind === 'continuous' ? code : variable.levels[code]!;

function completedRows(
  variables: readonly ClinicalVariable[],
  completed: CompletedVariables,
): ClinicalValues[] {
  return Array.from({ length: completed[0]?.length ?? 0 }, (_, row) =>
    Object.fromEntries(
      variables.map((variable, k) => [variable.name, clinicalValue(variable, completed[k]![row]!)]),
    ),
  );
}

/**
 * Completed versions of a row that the imputation did not see, one per imputation; the row itself where nothing that is
 * needed is missing. The draws depend on the known values alone: the same patient gets the same completions in every run,
 * under every id.
 */
export function completionsOf(
  { variables, equations, seed }: ClinicalImputation,
  values: ClinicalValues,
  needed: readonly string[],
): ClinicalValues[] {
  if (needed.every((name) => (values[name] ?? null) !== null)) return [values];
  const row = variables.map((variable) => codeOf(variable, values[variable.name] ?? null));
  const known = hash32(canonicalJson(row.map((code) => (Number.isNaN(code) ? null : code))));
  return equations.chains.map((_, j) => {
    const completed = completeRow(equations, row, j, createRandom(seed, `${j}/${known}`));
    return Object.fromEntries(
      variables.map((variable, k) => [variable.name, clinicalValue(variable, completed[k]!)]),
    );
  });
}

/**
 * Completed versions of rows of a cohort: as many as there are imputations where a row lacks what is needed, else one. A
 * complete row is the same in all.
 */
export function completedOf(
  imputation: ClinicalImputation,
  data: Pick<ModelData, 'ids' | 'clinical'>,
  needed: readonly string[],
): CompletedClinical {
  const versions = valuesAt(data).map((values) => completionsOf(imputation, values, needed));
  const count = versions.reduce((most, own) => Math.max(most, own.length), 1);
  return Array.from({ length: count }, (_, j) => versions.map((own) => own[j] ?? own[0]!));
}

/** The clinical data of the patients who lack none of the variables. */
export function completeIds(clinical: ClinicalData, ids: readonly string[]): string[] {
  return ids.filter((id) =>
    clinical.variables.every(({ name }) => (clinical.values.get(id)?.[name] ?? null) !== null),
  );
}
