import type { FeatureTable } from '@sentinode/core';
import type { ValidationRead } from '../engine/cohort-data.ts';
import type { Cohort } from '../results/study-results.ts';

/** A finding of the audit. */
export interface AuditFinding {
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'leak';
  readonly where: string;
  /** Ids of the rows concerned; empty where a whole table is. */
  readonly rows: readonly string[];
  readonly message: string;
  /** How much it can matter. */
  readonly matters: string;
}

/** What a run did with which rows, as it happened. Sets of rows are named once, in `sets`. */
export interface AuditTrail {
  readonly sets: Readonly<Record<string, readonly string[]>>;
  /** Every fitted object with the set of rows it recorded. */
  readonly fitted: readonly { readonly where: string; readonly rows: string }[];
  /** Everything that was decided by looking at rows: settings, classifier, cut-off. */
  readonly decisions: readonly { readonly what: string; readonly how: string; readonly rows: string }[];
  /** Every reading of the validation cohort, in order. */
  readonly reads: readonly ValidationRead[];
}

/** A patient as the audit sees them. */
export interface AuditPatient {
  readonly id: string;
  readonly outcome: 0 | 1;
  readonly cohort: Cohort;
  /** Person, where the study declares groups. */
  readonly group?: string;
  /** Dates of the patient by what they are of, yyyy-mm-dd. */
  readonly dates?: Readonly<Record<string, string>>;
}

/** What the audit examines. */
export interface AuditInput {
  readonly trail: AuditTrail;
  /** Patients of the study in the order of the clinical table. */
  readonly patients: readonly AuditPatient[];
  /** Tables by name with the rows they came with: supplied feature tables, and numeric clinical variables. */
  readonly tables: ReadonlyMap<string, FeatureTable>;
}

/** One thing that the audit looks for. One file each, one line in `checks/index.ts`. */
export interface AuditCheck {
  readonly name: string;
  /** What it looks for, as the report prints it. */
  readonly looksFor: string;
  readonly check: (input: AuditInput) => AuditFinding[];
}

/** `audit.json`. */
export interface Audit {
  readonly notice: string;
  readonly trail: AuditTrail;
  readonly checks: readonly { readonly name: string; readonly looksFor: string; readonly findings: number }[];
  readonly findings: readonly AuditFinding[];
  /** What this run did not examine, and how to. */
  readonly notComputed: readonly string[];
}

/** Ids of one cohort. */
export function idsOf(input: AuditInput, cohort: Cohort): Set<string> {
  return new Set(input.patients.filter((patient) => patient.cohort === cohort).map((patient) => patient.id));
}
