import type { PrintedNumber } from './printed-number.ts';

/** What a paper prints, as the files of its folder give it; parts that are not there are empty. */
export interface Paper {
  readonly baseline: Baseline | undefined;
  readonly odds: readonly OddsRow[];
  /** 2 x k counts of the patients of the regression, by variable. */
  readonly oddsCounts: ReadonlyMap<string, readonly LevelCounts[]>;
  readonly models: readonly ModelRow[];
  readonly statements: readonly Statement[];
}

/** Table 1: counts by group. */
export interface Baseline {
  readonly groups: readonly string[];
  /** Printed size of each group. */
  readonly sizes: readonly number[];
  readonly variables: readonly CountedVariable[];
  readonly measured: readonly MeasuredVariable[];
}

export interface CountedVariable {
  readonly name: string;
  readonly levels: readonly { readonly level: string; readonly counts: readonly number[] }[];
  readonly p: PrintedNumber | undefined;
}

/** A variable of which mean and standard deviation are printed. */
export interface MeasuredVariable {
  readonly name: string;
  readonly means: readonly PrintedNumber[];
  readonly deviations: readonly PrintedNumber[];
  readonly p: PrintedNumber | undefined;
}

/** A row of a table of odds ratios. */
export interface OddsRow {
  readonly analysis: string;
  readonly variable: string;
  readonly level: string;
  readonly ratio: PrintedNumber;
  readonly low: PrintedNumber;
  readonly high: PrintedNumber;
  readonly p: PrintedNumber | undefined;
}

export interface LevelCounts {
  readonly level: string;
  readonly events: number;
  readonly others: number;
}

/** A row of a table of models. */
export interface ModelRow {
  readonly model: string;
  readonly cohort: string;
  readonly auc: PrintedNumber | undefined;
  readonly interval: readonly [PrintedNumber, PrintedNumber] | undefined;
  /** accuracy, sensitivity, specificity, ppv, npv, f1: those that are printed. */
  readonly rates: ReadonlyMap<RateName, PrintedNumber>;
  /** p of the comparison with another model. */
  readonly compared: { readonly with: string; readonly p: PrintedNumber } | undefined;
}

export const rateNames = ['accuracy', 'sensitivity', 'specificity', 'ppv', 'npv', 'f1'] as const;
export type RateName = (typeof rateNames)[number];

/** A figure of the prose. */
export interface Statement {
  readonly id: string;
  readonly section: string;
  readonly kind: string;
  readonly subject: string;
  readonly value: string;
  readonly detail: string;
}

/** Something that does not fit. */
export interface PaperFinding {
  readonly check: string;
  /** Table or section. */
  readonly where: string;
  readonly subject: string;
  readonly printed: string;
  /** What arithmetic says. */
  readonly arithmetic: string;
  /** Whether rounding of printed figures can explain it. */
  readonly rounding: boolean;
}

/** One kind of contradiction. One file each, one line in `checks/index.ts`. */
export interface PaperCheck {
  readonly name: string;
  readonly looksFor: string;
  /** The number of comparisons made, and what does not fit. */
  readonly check: (paper: Paper, sizes: ReadonlyMap<string, CohortSize>) => CheckResult;
}

export interface CheckResult {
  readonly compared: number;
  readonly findings: readonly PaperFinding[];
}

/** Patients and events of a cohort, as most of what is printed has it. */
export interface CohortSize {
  readonly n: number;
  readonly events: number;
}

/** Name of the whole cohort among the subjects. */
export const WHOLE = 'all';
