import type { FlowStep } from '@sentinode/study';
import { Counts } from './counts.ts';

/** The flowchart with small counts hidden; the sizes of the cohorts stay. */
export function shareFlow(flow: readonly FlowStep[], least: number): FlowStep[] {
  const counts = new Counts();
  const lastKept = flow.findLastIndex(({ excluded }) => excluded.length > 0);
  flow.forEach((step, at) => {
    const stays = at >= lastKept;
    add(counts, `${at}`, step, stays);
    step.excluded.forEach((reason, k) => {
      add(counts, `${at}/${k}`, reason, false);
    });
    const before = flow[at - 1];
    if (before === undefined || step.excluded.length === 0) return;
    const parts = [`${at}`, ...step.excluded.map((_, k) => `${at}/${k}`)];
    for (const kind of kinds) {
      const known = kind === 'n' || [before, step, ...step.excluded].every(({ events }) => events !== null);
      if (known)
        counts.sum(
          `${kind} ${at - 1}`,
          parts.map((part) => `${kind} ${part}`),
        );
    }
  });
  const hidden = counts.hidden(least);
  const shared = <T extends Counted>(one: T, key: string): T => ({
    ...one,
    n: hidden.has(`n ${key}`) ? Number.NaN : one.n,
    events:
      one.events !== null && kinds.some((kind) => hidden.has(`${kind} ${key}`)) ? Number.NaN : one.events,
  });
  return flow.map((step, at) => ({
    ...shared(step, `${at}`),
    excluded: step.excluded.map((reason, k) => shared(reason, `${at}/${k}`)),
  }));
}

interface Counted {
  readonly n: number;
  readonly events: number | null;
}

const kinds = ['n', 'events', 'others'] as const;

function add(counts: Counts, key: string, { n, events }: Counted, fixed: boolean): void {
  counts.add(`n ${key}`, n, fixed);
  if (events === null) return;
  counts.add(`events ${key}`, events, fixed);
  counts.add(`others ${key}`, n - events, fixed);
  counts.sum(`n ${key}`, [`events ${key}`, `others ${key}`]);
}
