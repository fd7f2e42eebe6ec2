import type { StudyResults } from '@sentinode/study';

/** `177 patients, 110 events` */
export function sizeOf(results: StudyResults, cohort: 'training' | 'validation'): string {
  const { n, events } = results.cohorts[cohort];
  return `${n} patients, ${events} events`;
}

/** `training 177 patients, 110 events; validation 77 patients, 34 events` */
export function sizes(results: StudyResults): string {
  return `training ${sizeOf(results, 'training')}; validation ${sizeOf(results, 'validation')}`;
}
