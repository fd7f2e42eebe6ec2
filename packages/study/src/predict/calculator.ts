import { linearOf } from '@sentinode/learning';
import type { Nomogram, NomogramAxis } from '@sentinode/statistics';
import { useOf } from '../bundle/use.ts';
import type { LockedModel } from '../models/locked-model.ts';
import { variablesOf } from './contributions.ts';
import { rawValue } from './domain.ts';
import {
  clinicalValuesOf,
  clinicalVariablesOf,
  type PatientPrediction,
  scorePatient,
} from './score-patient.ts';

/** A model that a page can score: its predictors are typed, a deep component as the z-score that `predict` prints. */
export interface CalculatorModel {
  readonly model: LockedModel;
  /** null where the classifier is not linear. */
  readonly nomogram: Nomogram | null;
}

/** Something that a person types. */
export type TypedPredictor =
  | {
      readonly name: string;
      readonly kind: 'number';
      readonly unit: string | null;
      readonly minimum: number;
      readonly maximum: number;
      readonly mean: number;
    }
  | {
      readonly name: string;
      readonly kind: 'level';
      readonly levels: readonly string[];
      readonly reference: string;
    };

/** The models of a study for the calculator, and those that it leaves out with the reason. */
export function calculatorModels(
  models: readonly LockedModel[],
  nomograms: readonly (Nomogram | null)[],
): { models: CalculatorModel[]; leftOut: { name: string; reason: string }[] } {
  const found: CalculatorModel[] = [];
  const leftOut: { name: string; reason: string }[] = [];
  models.forEach((model, index) => {
    if (useOf(model).keepsPatients)
      leftOut.push({
        name: model.name,
        reason: `the classifier ${model.classifier.classifier} keeps predictors of its training patients`,
      });
    else found.push({ model: typedModel(model), nomogram: nomograms[index] ?? null });
  });
  return { models: found, leftOut };
}

/** The same model with components in place of the network's features, and without rows, equations and image statistics. */
function typedModel({ imputation: _, deep, ...model }: LockedModel): LockedModel {
  const { members, ...classifier } = model.classifier;
  return {
    ...model,
    deep:
      deep === null
        ? null
        : {
            inputs: deep.columns,
            centre: deep.columns.map(() => 0),
            columns: deep.columns,
            loadings: deep.columns.map((__, k) => deep.columns.map((___, j) => (j === k ? 1 : 0))),
            mean: deep.columns.map(() => 0),
            sd: deep.columns.map(() => 1),
          },
    classifier: {
      ...classifier,
      rows: [],
      ...(members === undefined ? {} : { members: members.map((one) => ({ ...one, rows: [] })) }),
    },
    acquisition: null,
  };
}

/** What is typed for a model, in the order of its predictors, with training range and mean in the unit of the field. */
export function typedPredictors({ model }: CalculatorModel): TypedPredictor[] {
  return variablesOf(model).map(({ variable, columns }): TypedPredictor => {
    const clinical = model.clinical.find(({ name }) => name === variable);
    if (clinical?.kind === 'factor')
      return {
        name: variable,
        kind: 'level',
        levels: clinical.levels,
        reference: clinical.reference,
      };
    const at = columns[0]!;
    const { minimum, maximum, mean } = model.predictors[at]!;
    const own = (z: number): number => rawValue(model, at, z);
    return {
      name: variable,
      kind: 'number',
      unit: model.units?.[variable] ?? null,
      minimum: own(minimum),
      maximum: own(maximum),
      mean: own(mean),
    };
  });
}

/** What the page shows of what was typed. */
export interface TypedPrediction extends PatientPrediction {
  /** Nomogram points by variable, and their sum; null where there is no nomogram, or the patient is refused. */
  readonly points: { readonly byVariable: Readonly<Record<string, number>>; readonly total: number } | null;
}

/**
 * Scores typed predictors by the code of `predict`: the same bits.
 * @throws SentinodeError `feature-undefined`, `clinical-missing`, `level-unknown`
 */
export function scoreTyped(
  { model, nomogram }: CalculatorModel,
  typed: Readonly<Record<string, number | string>>,
): TypedPrediction {
  const prediction = scorePatient(model, {
    id: 'typed',
    feature: (name) => {
      const value = typed[name];
      return typeof value === 'number' ? value : undefined;
    },
    clinical: clinicalValuesOf(clinicalVariablesOf(model), typed),
  });
  return { ...prediction, points: pointsOf(model, nomogram, prediction) };
}

/** Points of each variable on its axis; image predictors stand there as z-scores. */
function pointsOf(
  model: LockedModel,
  nomogram: Nomogram | null,
  prediction: PatientPrediction,
): TypedPrediction['points'] {
  if (nomogram === null || prediction.probability === null || linearOf(model.classifier) === undefined)
    return null;
  const byVariable: Record<string, number> = {};
  for (const axis of nomogram.axes) {
    const given = prediction.predictors.find(({ variable }) => variable === axis.variable)?.value ?? 0;
    const at = model.predictors.findIndex(({ name }) => name === axis.variable);
    const isImage = at >= 0 && model.predictors[at]!.kind === 'radiomics';
    const value =
      isImage && typeof given === 'number'
        ? (given - model.radiomics!.mean[at]!) / model.radiomics!.sd[at]!
        : given;
    byVariable[axis.variable] = pointsAt(axis, value);
  }
  return { byVariable, total: Object.values(byVariable).reduce((sum, value) => sum + value, 0) };
}

function pointsAt({ ticks }: NomogramAxis, value: number | string): number {
  if (typeof value === 'string') return ticks.find((tick) => tick.value === value)?.points ?? 0;
  const [first, last] = [ticks[0]!, ticks[ticks.length - 1]!];
  const [from, to] = [Number(first.value), Number(last.value)];
  return to === from
    ? first.points
    : first.points + ((value - from) * (last.points - first.points)) / (to - from);
}
