import { createRandom, type Random, SentinodeError } from '@sentinode/core';
import { groupedKFold, leaveOneGroupOut, stratifiedKFold } from '@sentinode/learning';
import type { ModelData } from '../models/model-data.ts';
import type { Study } from '../study-file/options.ts';
import type { Unit } from './unit.ts';

/**
 * Outer folds of nested cross-validation: stratified, by person where the study declares groups, or one per hospital.
 * @throws SentinodeError `too-few-rows`, `option-invalid` when centres are asked for and none are declared
 */
export function outerUnits(study: Study, data: ModelData): Unit[] {
  const { outer, repeats } = study.resampling;
  const random = createRandom(study.seed, 'resampling/outer folds');
  const rows = data.outcomes.map((_, row) => row);
  if (outer === 'centre') {
    if (data.centres === null)
      throw new SentinodeError(
        'option-invalid',
        'resampling.outer: centre leaves out one hospital at a time; name its column under cohort.centre.',
        { field: 'resampling.outer' },
      );
    return leaveOneGroupOut(data.centres).map(({ test }, fold) => unitOf(rows, test, 0, fold));
  }
  return Array.from({ length: repeats }, (_, repeat) =>
    foldsOf(data, outer, random.fork(`repeat-${repeat}`)).map((test, fold) =>
      unitOf(rows, test, repeat, fold),
    ),
  ).flat();
}

function foldsOf(data: ModelData, folds: number, random: Random): number[][] {
  return new Set(data.groups).size === data.ids.length
    ? stratifiedKFold(data.outcomes, folds, random)
    : groupedKFold(data.outcomes, data.groups, folds, random);
}

function unitOf(rows: readonly number[], test: readonly number[], repeat: number, fold: number): Unit {
  const tested = new Set(test);
  return { kind: 'outer', repeat, fold, test, train: rows.filter((row) => !tested.has(row)) };
}

/** Bootstraps of the whole pipeline. */
export function bootstrapUnits(study: Study, data: ModelData, count: number): Unit[] {
  return bootstrapRows(study.seed, data, count, 'bootstrap rows').map(
    (rows, index): Unit => ({ kind: 'bootstrap', index, rows }),
  );
}

/**
 * Rows of each bootstrap: persons are drawn with replacement; a resample with fewer than two persons of an outcome is
 * drawn again.
 * @param stream name of the generator; each resample has its own
 */
export function bootstrapRows(
  seed: number,
  { groups, outcomes }: Pick<ModelData, 'groups' | 'outcomes'>,
  count: number,
  stream: string,
): number[][] {
  const persons = [...new Set(groups)];
  const rowsOf = new Map(persons.map((person) => [person, [] as number[]]));
  groups.forEach((person, row) => {
    rowsOf.get(person)!.push(row);
  });
  return Array.from({ length: count }, (_, index): number[] => {
    const random = createRandom(seed, `resampling/${stream}/${index}`);
    for (;;) {
      const drawn = persons.map(() => persons[random.integer(persons.length)]!);
      const rows = drawn.flatMap((person) => rowsOf.get(person)!);
      const different = (outcome: 0 | 1): number =>
        new Set(drawn.filter((person) => rowsOf.get(person)!.some((row) => outcomes[row] === outcome))).size;
      if (different(0) >= 2 && different(1) >= 2) return rows;
    }
  });
}
