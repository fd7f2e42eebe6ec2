import type { FeatureVector } from '@sentinode/radiomics';

/** A tuple of numbers as the reference prints it, e.g. `(1.0, 1.0, 2.5)`. */
function tuple(values: readonly number[], whole: boolean): string {
  return `(${values.map((value) => (whole ? String(value) : float(value))).join(', ')})`;
}

/** A number with at least one decimal, as the reference prints its floats. */
function float(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** `diagnostics_*` names whose numbers are whole. */
const whole = /_(Size|BoundingBox|VoxelNum|VolumeNum)$/;

/** Cells of one case: diagnostics, then features; an undefined feature is `nan`. */
export function cellsOf(vector: FeatureVector): Map<string, string> {
  const cells = new Map<string, string>();
  for (const [name, value] of Object.entries(vector.diagnostics)) {
    const cell =
      typeof value === 'string'
        ? value
        : typeof value === 'number'
          ? whole.test(name)
            ? String(value)
            : float(value)
          : tuple(value, whole.test(name));
    cells.set(name, cell);
  }
  vector.names.forEach((name, index) => {
    const value = vector.values[index]!;
    cells.set(name, Number.isNaN(value) ? 'nan' : String(value));
  });
  return cells;
}
