import type { Cohort, StudyResults } from '@sentinode/study';
import { Counts } from './counts.ts';

const cohorts = ['training', 'validation'] as const;

type Part = 'baseline' | 'subgroups' | 'models';

/**
 * Baseline tables, subgroups and centres with small counts hidden. They divide the same patients by the same levels, so
 * that a count of one table follows from two of another: each variable is one system of counts.
 */
export function shareDivisions(results: StudyResults, least: number): Pick<StudyResults, Part> {
  const hidden = new Map<string, ReadonlySet<string>>();
  const counts = systemsOf(results);
  for (const [variable, system] of counts) hidden.set(variable, system.hidden(least));
  const isHidden = (variable: string, key: string): boolean => hidden.get(variable)?.has(key) === true;
  const rowHidden = (variable: string, level: string, cohort: Cohort): boolean =>
    [null, 0, 1].some((outcome) => isHidden(variable, keyOf(level, outcome, cohort)));
  type Rows = StudyResults['baseline']['all'];
  const baseline = (rows: Rows, key: (level: string, group: number) => string): Rows =>
    rows.map((row) => ({
      ...row,
      levels: row.levels.map(({ level, counts: given, share }) => {
        const hide = given.map((_, group) => isHidden(row.variable, key(level, group)));
        return {
          level,
          counts: given.map((count, group) => (hide[group] ? Number.NaN : count)),
          share: share.map((value, group) => (hide[group] ? null : value)),
        };
      }),
    }));
  return {
    baseline: {
      groups: results.baseline.groups,
      all: baseline(results.baseline.all, (level, group) => keyOf(level, group, null)),
      training: baseline(results.baseline.training, (level, group) => keyOf(level, group, 'training')),
      validation: baseline(results.baseline.validation, (level, group) => keyOf(level, group, 'validation')),
      cohorts: baseline(results.baseline.cohorts, (level, group) => keyOf(level, null, cohorts[group]!)),
    },
    subgroups: results.subgroups.map((one) => ({
      ...one,
      rows: one.rows.map((row) =>
        rowHidden(one.variable, row.level, one.cohort)
          ? {
              ...row,
              n: Number.NaN,
              events: Number.NaN,
              auc: null,
              sensitivity: none,
              specificity: none,
              meanMinusObserved: Number.NaN,
            }
          : row,
      ),
    })),
    models: results.models.map((model) => {
      const of = (cohort: Cohort): StudyResults['models'][number][Cohort] => {
        const { byCentre } = model[cohort];
        if (byCentre === null) return model[cohort];
        return {
          ...model[cohort],
          byCentre: {
            ...byCentre,
            centres: byCentre.centres.map((row) =>
              rowHidden(CENTRE, row.centre, cohort)
                ? {
                    ...row,
                    n: Number.NaN,
                    events: Number.NaN,
                    eventShare: none,
                    auc: null,
                    meanMinusObserved: null,
                  }
                : row,
            ),
          },
        };
      };
      return { ...model, training: of('training'), validation: of('validation') };
    }),
  };
}

const none = { value: null, ci: null, count: Number.NaN, of: Number.NaN };

/** Key of the system of the hospitals; no variable is called so. */
const CENTRE = '\u0000centre';

/** Patients of a level by outcome and cohort; null: both. */
const keyOf = (level: string, outcome: number | null, cohort: Cohort | null): string =>
  JSON.stringify([level, outcome, cohort]);

function systemsOf({ baseline, subgroups, models }: StudyResults): Map<string, Counts> {
  const systems = new Map<string, Counts>();
  for (const variable of baseline.all
    .filter(({ kind }) => kind === 'categorical')
    .map(({ variable: name }) => name)) {
    const of = (cohort: Cohort, level: string, outcome: number): number =>
      baseline[cohort].find((row) => row.variable === variable)?.levels.find((one) => one.level === level)
        ?.counts[outcome] ?? 0;
    const levels = baseline.all.find((row) => row.variable === variable)!.levels.map(({ level }) => level);
    systems.set(variable, systemOf(levels, of));
  }
  for (const variable of new Set(subgroups.map((one) => one.variable))) {
    if (systems.has(variable)) continue;
    const own = cohorts.map((cohort) =>
      subgroups.find((one) => one.variable === variable && one.cohort === cohort),
    );
    systems.set(variable, systemOfRows(own.map((one) => one?.rows ?? [])));
  }
  const byCentre = cohorts.map((cohort) =>
    (models[0]?.[cohort].byCentre?.centres ?? []).map(({ centre, n, events }) => ({
      level: centre,
      n,
      events,
    })),
  );
  systems.set(CENTRE, systemOfRows(byCentre));
  return systems;
}

function systemOfRows(
  byCohort: readonly (readonly { readonly level: string; readonly n: number; readonly events: number }[])[],
): Counts {
  const levels = [...new Set(byCohort.flat().map(({ level }) => level))];
  return systemOf(levels, (cohort, level, outcome) => {
    const row = byCohort[cohorts.indexOf(cohort)]!.find((one) => one.level === level);
    return row === undefined ? 0 : outcome === 1 ? row.events : row.n - row.events;
  });
}

/** Levels by outcome and cohort, with both margins; sums over the levels are known, since the sizes of the cohorts are printed. */
function systemOf(
  levels: readonly string[],
  of: (cohort: Cohort, level: string, outcome: 0 | 1) => number,
): Counts {
  const counts = new Counts();
  const outcomes = [0, 1] as const;
  for (const level of levels) {
    for (const cohort of cohorts) {
      for (const outcome of outcomes) counts.add(keyOf(level, outcome, cohort), of(cohort, level, outcome));
      counts.add(keyOf(level, null, cohort), of(cohort, level, 0) + of(cohort, level, 1));
      counts.sum(
        keyOf(level, null, cohort),
        outcomes.map((outcome) => keyOf(level, outcome, cohort)),
      );
    }
    for (const outcome of outcomes) {
      counts.add(
        keyOf(level, outcome, null),
        cohorts.reduce((sum, cohort) => sum + of(cohort, level, outcome), 0),
      );
      counts.sum(
        keyOf(level, outcome, null),
        cohorts.map((cohort) => keyOf(level, outcome, cohort)),
      );
    }
  }
  for (const cohort of [...cohorts, null])
    for (const outcome of [...outcomes, null])
      if (cohort !== null || outcome !== null)
        counts.sum(
          null,
          levels.map((level) => keyOf(level, outcome, cohort)),
        );
  return counts;
}
