import type { NotComputed } from '../results/study-results.ts';

/** What the report of this version lacks. Shown in the report, never left out silently. */
export const notYetComputed: readonly NotComputed[] = [
  {
    item: 'Behavioural leakage audit',
    reason: 'not part of a run: `sentinode audit <run> --study study.yaml --behavioural` makes it',
  },
  {
    item: 'Signature of the bundles',
    reason: 'not part of a run: `sentinode bundle sign` makes it with a key of yours',
  },
];
