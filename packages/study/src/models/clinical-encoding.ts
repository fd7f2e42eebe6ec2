import { type FeatureTable, SentinodeError } from '@sentinode/core';
import type { ClinicalValues, ClinicalVariable } from '../cohort/clinical-data.ts';

/** How one clinical variable becomes columns: a z-score, or one 0/1 column per level but the reference. */
export type EncodedVariable =
  | { readonly name: string; readonly kind: 'continuous'; readonly mean: number; readonly sd: number }
  | {
      readonly name: string;
      readonly kind: 'factor';
      readonly levels: readonly string[];
      readonly reference: string;
    };

/** Fitted on training rows: means and standard deviations (ddof 0; a constant variable is divided by 1). */
export function fitClinicalEncoding(
  variables: readonly ClinicalVariable[],
  training: readonly ClinicalValues[],
): EncodedVariable[] {
  return variables.map((variable): EncodedVariable => {
    if (variable.kind === 'factor') return variable;
    const values = training.map((row) => Number(row[variable.name]));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length;
    return { name: variable.name, kind: 'continuous', mean, sd: variance > 0 ? Math.sqrt(variance) : 1 };
  });
}

/** Names of the columns: the variable, or `factor=level`. */
function encodedNames(variables: readonly EncodedVariable[]): string[] {
  return variables.flatMap((variable) =>
    variable.kind === 'continuous'
      ? [variable.name]
      : variable.levels
          .filter((level) => level !== variable.reference)
          .map((level) => `${variable.name}=${level}`),
  );
}

/** Columns of one patient. @throws SentinodeError `clinical-missing`, `level-unknown` */
export function encodeClinical(
  variables: readonly EncodedVariable[],
  values: ClinicalValues,
  patient: string,
): number[] {
  return variables.flatMap((variable) => {
    const value = values[variable.name] ?? null;
    if (value === null) {
      throw new SentinodeError(
        'clinical-missing',
        `The model needs ${variable.name}, which is missing; give it. Only models of a study that imputes complete missing values.`,
        { field: variable.name, patient },
      );
    }
    if (variable.kind === 'continuous') {
      if (typeof value !== 'number') throw notANumber(variable.name, value, patient);
      return [(value - variable.mean) / variable.sd];
    }
    if (!variable.levels.includes(String(value))) {
      throw new SentinodeError(
        'level-unknown',
        `"${value}" is not a level of ${variable.name}; the levels are ${variable.levels.join(', ')}.`,
        { field: variable.name, patient },
      );
    }
    return variable.levels
      .filter((level) => level !== variable.reference)
      .map((level) => (level === String(value) ? 1 : 0));
  });
}

function notANumber(field: string, value: string, patient: string): SentinodeError {
  const comma = /^-?\d+,\d+$/.test(value.trim());
  return comma
    ? new SentinodeError(
        'decimal-comma',
        `${field} is "${value}", a number with a decimal comma: say so (--decimal ,), or write a point.`,
        { field, patient },
      )
    : new SentinodeError('option-invalid', `${field} must be a number, not "${value}".`, { field, patient });
}

/** The encoded columns of many patients, whose values stand in the order of their ids. */
export function encodeClinicalTable(
  variables: readonly EncodedVariable[],
  values: readonly ClinicalValues[],
  ids: readonly string[],
): FeatureTable {
  const names = encodedNames(variables);
  const columns = names.map(() => new Float64Array(ids.length));
  ids.forEach((id, row) => {
    encodeClinical(variables, values[row]!, id).forEach((value, column) => {
      columns[column]![row] = value;
    });
  });
  return { ids, names, columns };
}
