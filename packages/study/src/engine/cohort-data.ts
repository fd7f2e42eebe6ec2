import { type FeatureTable, selectRows } from '@sentinode/core';
import { type Ledger, ofCohort } from '../ledger/ledger.ts';
import type { ModelData } from '../models/model-data.ts';
import type { PatientTables } from '../models/patient-tables.ts';
import type { MeasuredStudy } from './measured-study.ts';
import type { PreparedStudy } from './prepare-study.ts';

/** The training rows alone: what everything that is fitted gets to see. */
export function trainingData(prepared: PreparedStudy, measured: MeasuredStudy): ModelData {
  const rows = ofCohort(prepared.ledger, 'training');
  const ids = rows.map((row) => row.id);
  const own = (table: FeatureTable): FeatureTable => selectRows(table, ids);
  const { clinical, groups, centres } = prepared;
  return {
    ids,
    outcomes: rows.map((row) => row.outcome),
    radiomics: measured.radiomics === null ? null : own(measured.radiomics),
    readers: measured.readers === null ? null : [own(measured.readers[0]), own(measured.readers[1])],
    deep: measured.deep === null ? null : own(measured.deep),
    copies: measured.copies.map(own),
    clinical: {
      variables: clinical.variables,
      values: new Map(ids.map((id) => [id, clinical.values.get(id) ?? {}])),
    },
    groups: ids.map((id) => groups?.get(id) ?? id),
    centres: centres === null ? null : ids.map((id) => centres.get(id)!),
  };
}

/** What the validation cohort was read for. */
export interface ValidationRead {
  readonly purpose: string;
  /** `describe` prints, `evaluate` scores locked models, `choose` decides by what it reads. */
  readonly use: 'describe' | 'evaluate' | 'choose';
  readonly rows: number;
}

/**
 * Keeps the validation rows from everything that is fitted. They come out here only, and every time is written down.
 */
export class ValidationGate {
  #ledger: Ledger;
  readonly #tables: PatientTables;
  readonly #reads: ValidationRead[] = [];

  constructor(ledger: Ledger, tables: PatientTables) {
    this.#ledger = ledger;
    this.#tables = tables;
  }

  /** Ledger and tables of all patients, for a purpose that is recorded. */
  open(purpose: string, use: ValidationRead['use']): { ledger: Ledger; tables: PatientTables } {
    this.#reads.push({ purpose, use, rows: ofCohort(this.#ledger, 'validation').length });
    return { ledger: this.#ledger, tables: this.#tables };
  }

  /** Patients who cannot be scored leave the cohort that is read from here on. */
  narrow(ledger: Ledger): void {
    this.#ledger = ledger;
  }

  get reads(): readonly ValidationRead[] {
    return [...this.#reads];
  }
}
