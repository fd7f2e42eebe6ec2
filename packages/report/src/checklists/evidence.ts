import type { Printed } from '../printed.ts';
import { cohortName } from '../text/model-names.ts';
import { count } from '../text/numbers.ts';
import { type Answer, checked, human } from './checklist.ts';

/** What the leakage audit says of the separation of the cohorts; its findings are a human's to judge. */
export function separation({ results: { audit, cohorts } }: Printed): Answer {
  const sizes = `training ${cohorts.training.n}, validation ${cohorts.validation.n} patients`;
  const { length } = audit.findings;
  return length === 0
    ? checked(
        `leakage audit: ${audit.checks.length} checks, 0 findings; ${sizes}; ${audit.reads.length} readings of the validation cohort (audit.json)`,
      )
    : human(`The leakage audit has ${length} findings (${sizes}); judge them in audit.json`);
}

/** Patients and events of both cohorts. */
export function sizesOf({ results: { cohorts } }: Printed): string {
  return (['training', 'validation'] as const)
    .map((cohort) => `${cohortName(cohort)}: ${cohorts[cohort].events} of ${cohorts[cohort].n}`)
    .join('; ');
}

/** Names of the selection steps that ran on any block. */
export function stepsOf({ results: { selection } }: Printed): Set<string> {
  return new Set(Object.values(selection).flatMap(({ steps }) => steps.map(({ step }) => step)));
}

/** How many patients left because something was missing. */
export function leftForMissing({ results: { flow } }: Printed): string {
  return count(
    flow
      .flatMap(({ excluded }) => excluded)
      .filter(({ reason }) => /missing|undefined/.test(reason))
      .reduce((sum, { n }) => sum + n, 0),
  );
}

/** Hospitals of the validation and training patients; 0 where the study file names no column. */
export function hospitals({ results: { models } }: Printed): number {
  const names = models.flatMap((model) =>
    (['training', 'validation'] as const).flatMap(
      (cohort) => model[cohort].byCentre?.centres.map(({ centre }) => centre) ?? [],
    ),
  );
  return new Set(names).size;
}
