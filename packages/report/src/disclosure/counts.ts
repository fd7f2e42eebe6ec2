/** Less than this is rounding when relations are solved; coefficients are whole numbers. */
const ROUNDING = 1e-9;

interface Cell {
  readonly value: number;
  /** Printed in so many places that it is not hidden. */
  readonly fixed: boolean;
}

/**
 * Counts that are printed somewhere, and how they follow from each other. Small ones are hidden, and further ones until
 * none of the hidden can be computed from what is left and the relations (complementary suppression).
 */
export class Counts {
  readonly #cells = new Map<string, Cell>();
  readonly #relations: ReadonlyMap<string, number>[] = [];

  /** @param fixed whether it stays, whatever follows from it */
  add(key: string, value: number, fixed = false): void {
    this.#cells.set(key, { value, fixed });
  }

  /** The first is the sum of the others; without a first, the others have a sum that is known from elsewhere. */
  sum(total: string | null, parts: readonly string[]): void {
    const relation = new Map(parts.map((part) => [part, 1]));
    if (total !== null) relation.set(total, -1);
    this.#relations.push(relation);
  }

  /** Keys of the counts that are hidden: from 1 to below `least`, and those that they would follow from. */
  hidden(least: number): ReadonlySet<string> {
    const found = new Set(
      [...this.#cells].flatMap(([key, { value, fixed }]) =>
        !fixed && value > 0 && value < least ? [key] : [],
      ),
    );
    for (let known = this.#followsFrom(found); known !== undefined; known = this.#followsFrom(found)) {
      const next = this.#cheapest(known, found);
      if (next === undefined) break;
      found.add(next);
    }
    return found;
  }

  /** A hidden count that the relations and the shown counts determine. */
  #followsFrom(found: ReadonlySet<string>): string | undefined {
    const unknown = [...found];
    const rows = this.#relations
      .map((relation) => unknown.map((key) => relation.get(key) ?? 0))
      .filter((row) => row.some((value) => value !== 0));
    let rank = 0;
    for (let column = 0; column < unknown.length && rank < rows.length; column++) {
      const pivot = rows.findIndex((row, at) => at >= rank && Math.abs(row[column]!) > ROUNDING);
      if (pivot < 0) continue;
      [rows[rank], rows[pivot]] = [rows[pivot]!, rows[rank]!];
      const own = rows[rank]!.map((value) => value / rows[rank]![column]!);
      rows[rank] = own;
      rows.forEach((row, at) => {
        const factor = row[column]!;
        if (at !== rank && factor !== 0) rows[at] = row.map((value, k) => value - factor * own[k]!);
      });
      rank++;
    }
    const alone = rows.find((row) => row.filter((value) => Math.abs(value) > ROUNDING).length === 1);
    return alone === undefined ? undefined : unknown[alone.findIndex((value) => Math.abs(value) > ROUNDING)];
  }

  /** The smallest shown count that stands in a relation with a hidden one, nearest first. */
  #cheapest(key: string, found: ReadonlySet<string>): string | undefined {
    const reached = new Set([key]);
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      const touching = this.#relations.filter((relation) =>
        [...relation.keys()].some((one) => reached.has(one)),
      );
      const near = touching.flatMap((relation) => [...relation.keys()]);
      const candidates = near
        .filter((one) => !found.has(one) && this.#cells.get(one)?.fixed === false)
        .map((one) => ({ one, value: this.#cells.get(one)!.value }))
        // A count of nobody hides nothing better than another, and its absence is noticed: it comes last.
        .sort((a, b) => Number(a.value === 0) - Number(b.value === 0) || a.value - b.value);
      if (candidates.length > 0) return candidates[0]!.one;
      for (const one of near) reached.add(one);
    }
    return undefined;
  }
}
