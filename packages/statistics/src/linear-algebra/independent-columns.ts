/** A column counts as a combination of earlier ones when less than this share of its length is left. */
const TOLERANCE = 1e-9;

/**
 * For columns in order: whether each is independent of the earlier ones (modified Gram-Schmidt, twice). The later
 * column of a dependent set is the aliased one, as in R.
 */
export function independentColumns(columns: readonly Float64Array[]): boolean[] {
  const basis: Float64Array[] = [];
  return columns.map((column) => {
    const rest = Float64Array.from(column);
    const norm = (): number => Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0));
    const length = norm();
    for (let pass = 0; pass < 2; pass++) {
      for (const direction of basis) {
        let projection = 0;
        for (let i = 0; i < rest.length; i++) projection += rest[i]! * direction[i]!;
        for (let i = 0; i < rest.length; i++) rest[i]! -= projection * direction[i]!;
      }
    }
    const left = norm();
    if (!(left > TOLERANCE * length) || length === 0) return false;
    basis.push(rest.map((value) => value / left));
    return true;
  });
}
