/** A patient whose supplied and derived value differ, or whose inputs contradict each other. */
export interface DerivationConflict {
  /** The study's own id. */
  readonly patient: string;
  readonly variable: string;
  /** Cell as it is supplied; empty where there is none. */
  readonly supplied: string;
  /** Cell that the rule gives; empty where an input is missing. */
  readonly derived: string;
  /** The one that entered the study. */
  readonly used: string;
  readonly reason: string;
}

/** Clinical variables that were derived by declared rules. Counts are of all rows of the clinical table. */
export interface Derivation {
  readonly variables: readonly {
    readonly name: string;
    readonly rule: string;
    /** The rule with its cut-offs, in words. */
    readonly sentence: string;
    /** Column that was compared; null where there is none. */
    readonly supplied: string | null;
    readonly prefer: 'derived' | 'supplied';
    readonly levels: readonly { readonly level: string; readonly n: number }[];
    readonly missing: number;
    /** Patients with a supplied value whose inputs do not decide. */
    readonly onlySupplied: number;
  }[];
  readonly conflicts: readonly DerivationConflict[];
}
