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

  /** A hidden count that the relations and the shown counts determine: by one relation, else by several together. */
  #followsFrom(found: ReadonlySet<string>): string | undefined {
    for (const relation of this.#relations) {
      const within = [...relation.keys()].filter((key) => found.has(key));
      // what nothing can be hidden beside is left to the end of the search
      if (within.length === 1 && this.#best([...relation.keys()], found) !== undefined) return within[0];
    }
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

  /**
   * A shown count whose absence makes a hidden one unknown again: of the relation that gives it away by itself; where
   * several do together, the nearest. One that stands in few relations comes first, since hiding it draws few others after
   * it (a margin before a cell), and of these the smallest.
   */
  #cheapest(key: string, found: ReadonlySet<string>): string | undefined {
    const alone = this.#relations.find(
      (relation) => relation.has(key) && [...relation.keys()].every((one) => one === key || !found.has(one)),
    );
    const best = this.#best(alone === undefined ? [] : [...alone.keys()], found);
    if (best !== undefined) return best;
    const reached = new Set([key]);
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      const near = this.#relations
        .filter((relation) => [...relation.keys()].some((one) => reached.has(one)))
        .flatMap((relation) => [...relation.keys()]);
      const nearest = this.#best(near, found);
      if (nearest !== undefined) return nearest;
      for (const one of near) reached.add(one);
    }
    return undefined;
  }

  #best(near: readonly string[], found: ReadonlySet<string>): string | undefined {
    return near
      .filter((one) => !found.has(one) && this.#cells.get(one)?.fixed === false)
      .map((one) => ({
        one,
        value: this.#cells.get(one)!.value,
        relations: this.#relations.filter((relation) => relation.has(one)).length,
      }))
      .sort(
        (a, b) =>
          // A count of nobody hides nothing better than another, and its absence is noticed: it comes last.
          Number(a.value === 0) - Number(b.value === 0) || a.relations - b.relations || a.value - b.value,
      )[0]?.one;
  }
}
