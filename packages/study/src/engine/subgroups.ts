import { isSentinodeError } from '@sentinode/core';
import { type ByCentre, byCentre, proportion } from '@sentinode/statistics';
import { type Ledger, ofCohort } from '../ledger/ledger.ts';
import type { CohortEvaluation, ModelResult } from '../results/study-results.ts';
import type { SubgroupResult, SubgroupRow } from '../results/subgroups.ts';
import type { PreparedStudy } from './prepare-study.ts';

/** A variable that divides patients: level by id, null where it is missing. */
interface Division {
  readonly variable: string;
  readonly levels: readonly string[];
  readonly of: (id: string) => string | null;
}

/**
 * Every model in both cohorts by every clinical variable, and by the further columns of `cohort.subgroups` (a scanner, a
 * hospital): factors by level, continuous variables at the median of the training cohort.
 */
export function subgroupsOf(
  models: readonly ModelResult[],
  ledger: Ledger,
  prepared: Pick<PreparedStudy, 'clinical' | 'subgroups'>,
): SubgroupResult[] {
  const divisions = divisionsOf(ledger, prepared);
  return models.flatMap((model) =>
    (['training', 'validation'] as const).flatMap((cohort) =>
      divisions.map((division) => ({
        model: model.name,
        cohort,
        ...divide(model[cohort], model.threshold, division),
      })),
    ),
  );
}

function divisionsOf(
  ledger: Ledger,
  { clinical, subgroups }: Pick<PreparedStudy, 'clinical' | 'subgroups'>,
): Division[] {
  const cellOf = (id: string, name: string): number | string | null =>
    clinical.values.get(id)?.[name] ?? null;
  const declared = clinical.variables.map((variable): Division => {
    const { name } = variable;
    if (variable.kind === 'factor')
      return {
        variable: name,
        levels: variable.levels,
        of: (id) => cellOf(id, name) as string | null,
      };
    const known = ofCohort(ledger, 'training').flatMap(({ id }) => {
      const value = cellOf(id, name);
      return value === null ? [] : [Number(value)];
    });
    const median = medianOf(known);
    const levels = [`< ${median}`, `≥ ${median}`];
    return {
      variable: name,
      levels,
      of: (id) => {
        const value = cellOf(id, name);
        return value === null ? null : levels[Number(value) < median ? 0 : 1]!;
      },
    };
  });
  const further = [...subgroups].map(([variable, labels]): Division => {
    const levels = [...new Set([...labels.values()].filter((label) => label !== null))].sort();
    return { variable, levels, of: (id) => labels.get(id) ?? null };
  });
  return [...declared, ...further];
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function divide(
  { predictions }: CohortEvaluation,
  threshold: number,
  { variable, levels, of }: Division,
): Omit<SubgroupResult, 'model' | 'cohort'> {
  const known = predictions.filter(({ id }) => of(id) !== null);
  const found = centresOf(known, of);
  const rows = levels.flatMap((level): SubgroupRow[] => {
    const row = found?.centres.find(({ centre }) => centre === level);
    const members = known.filter(({ id }) => of(id) === level);
    if (members.length === 0) return [];
    const events = members.filter(({ outcome }) => outcome === 1).length;
    const right = (outcome: 0 | 1): number =>
      members.filter((one) => one.outcome === outcome && one.probability >= threshold === (outcome === 1))
        .length;
    const sum = members.reduce((total, { probability }) => total + probability, 0);
    return [
      {
        level,
        n: members.length,
        events,
        auc: row?.auc ?? null,
        sensitivity: proportion(right(1), events),
        specificity: proportion(right(0), members.length - events),
        meanMinusObserved: (sum - events) / members.length,
      },
    ];
  });
  const heterogeneity = found?.heterogeneity ?? null;
  return {
    variable,
    rows,
    missing: predictions.length - known.length,
    heterogeneity:
      heterogeneity === null ? null : { q: heterogeneity.q, df: heterogeneity.df, p: heterogeneity.p },
  };
}

/** AUCs by level; null where the patients with a known level have one outcome only. */
function centresOf(known: CohortEvaluation['predictions'], of: Division['of']): ByCentre | null {
  try {
    return byCentre(
      known.map(({ probability }) => probability),
      known.map(({ outcome }) => outcome),
      known.map(({ id }) => of(id)!),
    );
  } catch (error) {
    if (isSentinodeError(error)) return null;
    throw error;
  }
}
