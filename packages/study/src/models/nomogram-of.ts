import { linearOf } from '@sentinode/learning';
import {
  type CoefficientRow,
  type ContinuousAxis,
  type Nomogram,
  type NomogramModel,
  nomogram,
} from '@sentinode/statistics';
import type { LockedModel } from './locked-model.ts';
import type { PreparedModel } from './prepare-models.ts';

/** A predictor as an axis reads it: its coefficient there, and what it adds to the intercept. */
interface Term {
  readonly variable: string;
  readonly level?: string;
  readonly reference?: string;
  readonly coefficient: number;
  readonly shift: number;
  /** Values seen in training, in the unit of the axis. */
  readonly range: readonly [number, number];
}

/**
 * Nomogram of a locked linear model: clinical variables in their own unit and with their levels, image features as
 * z-scores. The points add up to the model's own linear predictor. null where it is not linear or has no predictor.
 */
export function nomogramOf(model: LockedModel, { patients }: PreparedModel): Nomogram | null {
  const { inputs, outcomes } = patients;
  const linear = linearOf(model.classifier);
  if (linear === undefined || linear.coefficients.length === 0) return null;
  const terms = termsOf(model, linear.coefficients);
  const intercept = terms.reduce((sum, term) => sum + term.shift, linear.intercept);
  const rows = [{ variable: '(Intercept)', coefficient: intercept }, ...terms].map(rowOf);
  const linearPredictor = new Float64Array(outcomes.length).fill(linear.intercept);
  linear.coefficients.forEach((coefficient, j) => {
    for (let i = 0; i < linearPredictor.length; i++)
      linearPredictor[i]! += coefficient * inputs.columns[j]![i]!;
  });
  const asModel: NomogramModel = {
    rows,
    coefficients: Float64Array.from(rows, (row) => row.coefficient!),
    linearPredictor,
    n: outcomes.length,
    events: outcomes.filter((outcome) => outcome === 1).length,
  };
  const axes = Object.fromEntries(
    terms.map(({ variable, range }): [string, ContinuousAxis] => [
      variable,
      range[0] < range[1] ? { range } : { values: [...range] },
    ]),
  );
  return nomogram(asModel, axes) ?? null;
}

function termsOf(model: LockedModel, coefficients: readonly number[]): Term[] {
  const images = model.predictors
    .filter((predictor) => predictor.kind !== 'clinical')
    .map(({ name, minimum, maximum }, j): Term => {
      return { variable: name, coefficient: coefficients[j]!, shift: 0, range: [minimum, maximum] };
    });
  let at = images.length;
  const clinical = model.clinical.flatMap((variable): Term[] => {
    if (variable.kind === 'continuous') {
      const { minimum, maximum } = model.predictors[at]!;
      const { name, mean, sd } = variable;
      const coefficient = coefficients[at++]! / sd;
      const range = [mean + sd * minimum, mean + sd * maximum] as const;
      return [{ variable: name, coefficient, shift: -coefficient * mean, range }];
    }
    const { name, levels, reference } = variable;
    return levels
      .filter((level) => level !== reference)
      .map((level): Term => {
        const coefficient = coefficients[at++]!;
        return { variable: name, level, reference, coefficient, shift: 0, range: [0, 1] };
      });
  });
  return [...images, ...clinical];
}

/** Coefficients of a penalised model have no Wald error. */
function rowOf({ variable, level, reference, coefficient }: Partial<Term> & Pick<Term, 'variable'>) {
  const term = level === undefined ? variable : `${variable}=${level}`;
  const none = { se: null, z: null, p: null, oddsRatio: null, ci: null };
  return { term, variable, level, reference, coefficient: coefficient!, ...none } satisfies CoefficientRow;
}
