import type { AuditCheck } from '../audit.ts';

/** Persons with rows in both cohorts: two visits, two lesions. */
export const groups: AuditCheck = {
  name: 'groups',
  looksFor: 'persons with rows in both cohorts (needs cohort.group)',
  check: ({ patients }) => {
    const cohorts = new Map<string, Set<string>>();
    for (const { group, cohort } of patients)
      if (group !== undefined) cohorts.set(group, (cohorts.get(group) ?? new Set()).add(cohort));
    const parted = new Set([...cohorts].filter(([, found]) => found.size > 1).map(([group]) => group));
    if (parted.size === 0) return [];
    const rows = patients.filter(({ group }) => group !== undefined && parted.has(group));
    const validation = rows.filter((row) => row.cohort === 'validation').length;
    const of = patients.filter((row) => row.cohort === 'validation').length;
    return [
      {
        code: 'group-across-cohorts',
        severity: 'leak',
        where: 'split',
        rows: rows.map((row) => row.id),
        message: `${parted.size} persons have rows in both cohorts.`,
        matters: `${validation} of ${of} validation rows have a relative in training that a model can recognise.`,
      },
    ];
  },
};
