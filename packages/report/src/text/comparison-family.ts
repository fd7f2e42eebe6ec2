import type { StudyResults } from '@sentinode/study';

/** The family of DeLong tests and what was done for their number, in words. */
export function comparisonFamily({ delong, correction, models }: StudyResults): string {
  const pairs = delong.filter(({ cohort }) => cohort === 'validation').length;
  const family = `Family: the ${pairs} ${pairs === 1 ? 'pair' : 'pairs'} of ${models.length} models in a cohort, each cohort its own family`;
  return correction === null
    ? `${family}; p values are not corrected for their number.`
    : `${family}; corrected by ${corrections[correction] ?? correction}.`;
}

const corrections: Readonly<Record<string, string>> = { holm: 'Holm' };
