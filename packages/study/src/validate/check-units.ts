import { SentinodeError } from '@sentinode/core';
import type { Development } from '../bundle/development.ts';
import type { ClinicalValues } from '../cohort/clinical-data.ts';
import type { LockedModel } from '../models/locked-model.ts';

/** Spreads that differ by this factor are not those of one unit. */
const FACTOR = 10;
/** Means further apart than this many training standard deviations are not those of one unit. */
const APART = 8;
/** Fewer values say nothing of a unit. */
const FEWEST = 5;

/** What a ratio of means looks like. */
const ratios: readonly { readonly ratio: number; readonly words: string }[] = [
  { ratio: 365.25, words: 'days in place of years' },
  { ratio: 12, words: 'months in place of years' },
  { ratio: 1 / 365.25, words: 'years in place of days' },
  { ratio: 100, words: 'per cent in place of fractions' },
  { ratio: 0.01, words: 'fractions in place of per cent' },
  { ratio: 10, words: 'ten times the unit, e.g. mm in place of cm' },
  { ratio: 0.1, words: 'a tenth of the unit, e.g. cm in place of mm' },
  { ratio: 1000, words: 'a thousand times the unit' },
  { ratio: 0.001, words: 'a thousandth of the unit' },
];

/**
 * Compares each continuous clinical variable of a cohort with the training cohort: a column in another unit would give every
 * patient a number that means nothing.
 * @param known only units that can be named by the ratio of the means: for patients who are no cohort
 * @throws SentinodeError `units-differ` with the column and what the unit looks like
 */
export function checkUnits(
  model: LockedModel,
  development: Development | null,
  patients: readonly { readonly clinical: ClinicalValues }[],
  known = false,
): void {
  for (const variable of model.clinical) {
    if (variable.kind !== 'continuous') continue;
    const values = patients.flatMap(({ clinical }) => {
      const value = clinical[variable.name];
      return typeof value === 'number' ? [value] : [];
    });
    if (values.length < FEWEST) continue;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const sd = Math.sqrt(
      values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length,
    );
    const spread = sd > 0 ? sd / variable.sd : 1;
    const unlike =
      spread > FACTOR || spread < 1 / FACTOR || Math.abs(mean - variable.mean) > APART * variable.sd;
    if (!unlike) continue;
    const ratio = mean / variable.mean;
    const guess = ratios.find((one) => ratio > one.ratio / 1.7 && ratio < one.ratio * 1.7);
    if (known && guess === undefined) continue;
    const seen = development?.caseMix.find((one) => one.variable === variable.name);
    const range =
      seen?.kind === 'continuous' ? `, range ${short(seen.minimum)} to ${short(seen.maximum)}` : '';
    const unit = model.units?.[variable.name];
    throw new SentinodeError(
      'units-differ',
      `The column ${variable.name} has the mean ${short(mean)} (standard deviation ${short(sd)}); in training ${short(variable.mean)} (${short(variable.sd)}${range})${unit === undefined ? '' : ` ${unit}`}. ${guess === undefined ? 'It is in another unit or is another variable.' : `It looks like ${guess.words}.`}`,
      { field: variable.name },
    );
  }
}

const short = (value: number): string => String(Number(value.toPrecision(3)));
