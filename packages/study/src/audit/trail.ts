import type { ValidationRead } from '../engine/cohort-data.ts';
import type { AuditTrail } from './audit.ts';

/** Collects who saw which rows; equal lists of rows are kept once. */
export class TrailRecord {
  readonly #sets = new Map<string, { name: string; rows: readonly string[] }>();
  readonly #fitted: { where: string; rows: string }[] = [];
  readonly #decisions: { what: string; how: string; rows: string }[] = [];

  fitted(where: string, rows: readonly string[]): void {
    this.#fitted.push({ where, rows: this.#nameOf(rows) });
  }

  decided(what: string, how: string, rows: readonly string[]): void {
    this.#decisions.push({ what, how, rows: this.#nameOf(rows) });
  }

  trail(reads: readonly ValidationRead[]): AuditTrail {
    return {
      sets: Object.fromEntries([...this.#sets.values()].map(({ name, rows }) => [name, rows])),
      fitted: this.#fitted,
      decisions: this.#decisions,
      reads,
    };
  }

  #nameOf(rows: readonly string[]): string {
    const key = JSON.stringify(rows);
    const known = this.#sets.get(key);
    if (known !== undefined) return known.name;
    const name = `rows-${this.#sets.size + 1}`;
    this.#sets.set(key, { name, rows });
    return name;
  }
}
