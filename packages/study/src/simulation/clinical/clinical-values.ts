import { type Random, sqrt } from '@sentinode/core';
import { apportion, assignByScore } from './apportion.ts';
import { type FactorName, publishedTable } from './published-table.ts';
import { assignReceptors } from './receptors.ts';

/** Clinical variables of one simulated patient, as cells of the clinical table. */
export type ClinicalCells = Readonly<Record<'age' | FactorName, string>>;

/** One patient of the simulated cohort before images: outcome and clinical values. */
export interface ClinicalPatient {
  readonly outcome: 0 | 1;
  readonly cells: ClinicalCells;
}

/**
 * Clinical values of a cohort whose counts by outcome are those of the published Table 1: exactly at 254 patients, in
 * proportion (largest remainder within each outcome) at other sizes. HER2 follows from the subtype, so that the two
 * always agree. Patients come in order of the outcome; the caller shuffles.
 */
export function clinicalPatients(patients: number, random: Random): ClinicalPatient[] {
  const totals = apportion(publishedTable.patients, patients);
  return ([0, 1] as const).flatMap((outcome) =>
    group(outcome, totals[outcome]!, random.fork(`outcome-${outcome}`)),
  );
}

function group(outcome: 0 | 1, n: number, random: Random): ClinicalPatient[] {
  const { factors } = publishedTable;
  const counts = (name: FactorName): number[] => apportion(factors[name].counts[outcome], n);
  const uniform = (name: string): number[] => {
    const stream = random.fork(name);
    return Array.from({ length: n }, () => stream.uniform());
  };
  const age = ages(outcome, n, random.fork('age'));
  const subtype = assignByScore(counts('subtype'), uniform('subtype'));
  const receptors = assignReceptors(
    subtype,
    { erNegative: counts('er')[0]!, prNegative: counts('pr')[0]! },
    random.fork('receptors'),
  );
  // Low proliferation is commoner in HR+/HER2- tumours, menopause comes with age: order by a score, then cut.
  const ki67 = assignByScore(
    counts('ki67'),
    uniform('ki67').map((score, i) => score + (subtype[i] === 0 ? 0 : 0.35)),
  );
  const noise = random.fork('menopause');
  const menopause = assignByScore(
    counts('menopause'),
    age.map((years) => years + 4 * noise.normal()),
  );
  const ct = assignByScore(counts('ct'), uniform('ct'));
  const sign = (positive: boolean): string => (positive ? 'positive' : 'negative');
  return age.map((years, i) => ({
    outcome,
    cells: {
      age: String(years),
      menopause: factors.menopause.levels[menopause[i]!]!,
      er: sign(receptors[i]!.er),
      pr: sign(receptors[i]!.pr),
      her2: sign(subtype[i] === 1),
      ki67: factors.ki67.levels[ki67[i]!]!,
      subtype: factors.subtype.levels[subtype[i]!]!,
      ct: factors.ct.levels[ct[i]!]!,
    },
  }));
}

/** Whole years whose mean and standard deviation are the published ones up to the rounding to years. */
function ages(outcome: 0 | 1, n: number, random: Random): number[] {
  const mean = publishedTable.age.mean[outcome];
  const sd = publishedTable.age.sd[outcome];
  const draws = Array.from({ length: n }, () => random.normal());
  const centre = draws.reduce((a, b) => a + b, 0) / Math.max(n, 1);
  const spread = sqrt(draws.reduce((a, b) => a + (b - centre) * (b - centre), 0) / Math.max(n - 1, 1));
  return draws.map((draw) => {
    const z = spread === 0 ? 0 : (draw - centre) / spread;
    return Math.min(84, Math.max(21, Math.round(mean + sd * z)));
  });
}
