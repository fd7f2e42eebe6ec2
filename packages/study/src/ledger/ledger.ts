import type { Cohort, FlowStep } from '../results/study-results.ts';

/** Why a patient left, and at which step of the flowchart. */
export interface Exclusion {
  /** Step of the flowchart, e.g. `Exclusion criteria`, `Complete clinical data`, `Imaging`. */
  readonly step: string;
  /** Reason in words, as the flowchart prints it. */
  readonly reason: string;
}

/** One patient of the study. Every n, table, flowchart and sentence is counted from these rows. */
export interface LedgerRow {
  readonly id: string;
  /** 1 positive, 0 negative, null unknown. */
  readonly outcome: 0 | 1 | null;
  readonly exclusion: Exclusion | null;
  /** null for excluded patients. */
  readonly cohort: Cohort | null;
}

/** All patients in the order of the clinical table. */
export interface Ledger {
  readonly rows: readonly LedgerRow[];
}

/** Ledger with further exclusions; a patient keeps the first reason. */
export function exclude(ledger: Ledger, reasons: ReadonlyMap<string, Exclusion>): Ledger {
  return {
    rows: ledger.rows.map((row) => {
      const exclusion = reasons.get(row.id);
      return exclusion === undefined || row.exclusion !== null ? row : { ...row, exclusion, cohort: null };
    }),
  };
}

/** Patients still in the study, in order. */
export function included(ledger: Ledger): readonly (LedgerRow & { outcome: 0 | 1 })[] {
  return ledger.rows.filter(
    (row): row is LedgerRow & { outcome: 0 | 1 } => row.exclusion === null && row.outcome !== null,
  );
}

/** Patients of one cohort, in order. */
export function ofCohort(ledger: Ledger, cohort: Cohort): readonly (LedgerRow & { outcome: 0 | 1 })[] {
  return included(ledger).filter((row) => row.cohort === cohort);
}

const events = (rows: readonly LedgerRow[]): number | null =>
  rows.some((row) => row.outcome === null) ? null : rows.filter((row) => row.outcome === 1).length;

/** Steps of the flowchart in the order in which they are applied. */
const stepOrder = ['Exclusion criteria', 'Complete clinical data', 'Imaging', 'Scoring'];

/** The flowchart: screened, what remains after each step with the reasons of those who left, and the cohorts. */
export function flowOf(ledger: Ledger): FlowStep[] {
  const found = new Set(ledger.rows.flatMap((row) => (row.exclusion === null ? [] : [row.exclusion.step])));
  const steps = [...found].sort((a, b) => stepOrder.indexOf(a) - stepOrder.indexOf(b));
  const flow: FlowStep[] = [
    { label: 'Screened', n: ledger.rows.length, events: events(ledger.rows), excluded: [] },
  ];
  let remaining = ledger.rows;
  for (const step of steps) {
    const leaving = remaining.filter((row) => row.exclusion?.step === step);
    remaining = remaining.filter((row) => row.exclusion?.step !== step);
    const reasons = [...new Set(leaving.map((row) => row.exclusion?.reason ?? ''))];
    const excluded = reasons.map((reason) => {
      const rows = leaving.filter((row) => row.exclusion?.reason === reason);
      return { reason, n: rows.length, events: events(rows) };
    });
    flow.push({
      label: `After: ${step.toLowerCase()}`,
      n: remaining.length,
      events: events(remaining),
      excluded,
    });
  }
  flow.push({ label: 'Included', n: remaining.length, events: events(remaining), excluded: [] });
  for (const cohort of ['training', 'validation'] as const) {
    const rows = ofCohort(ledger, cohort);
    flow.push({
      label: cohort === 'training' ? 'Training cohort' : 'Validation cohort',
      n: rows.length,
      events: events(rows),
      excluded: [],
    });
  }
  return flow;
}
