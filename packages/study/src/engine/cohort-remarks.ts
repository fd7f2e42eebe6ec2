import { type ClinicalData, valuesOf } from '../cohort/clinical-data.ts';
import { type Ledger, ofCohort } from '../ledger/ledger.ts';
import type { Cohort } from '../results/study-results.ts';

/** Fewer patients of the rarer outcome than this make every fit and interval of a cohort unreliable. */
const FEW = 10;

const cohorts: readonly Cohort[] = ['training', 'validation'];

/** Cohorts whose rarer outcome has very few patients. */
export function fewEvents(ledger: Ledger): string[] {
  return cohorts.flatMap((cohort) => {
    const rows = ofCohort(ledger, cohort);
    const events = rows.filter((row) => row.outcome === 1).length;
    const rarer = Math.min(events, rows.length - events);
    return rarer >= FEW
      ? []
      : [
          `The ${cohort} cohort has only ${rarer} patients of the rarer outcome (fewer than ${FEW}): coefficients, cut-offs and intervals that rest on them are unreliable.`,
        ];
  });
}

/** Levels of factors that validation patients have and no training patient has: no model can know anything of them. */
export function levelsUnseen(clinical: ClinicalData, ledger: Ledger): string[] {
  const [training, validation] = cohorts.map((cohort) => ofCohort(ledger, cohort).map((row) => row.id));
  return clinical.variables.flatMap((variable) => {
    if (variable.kind === 'continuous') return [];
    const seen = new Set(valuesOf(clinical, training!, variable.name));
    const held = valuesOf(clinical, validation!, variable.name);
    return variable.levels.flatMap((level) => {
      const n = held.filter((value) => value === level).length;
      return n === 0 || seen.has(level)
        ? []
        : [
            `${variable.name} = ${level} occurs in ${n} validation ${n === 1 ? 'patient' : 'patients'} and in no training patient: models with ${variable.name} cannot tell it from the reference level ${variable.reference}, and predict refuses such patients.`,
          ];
    });
  });
}
