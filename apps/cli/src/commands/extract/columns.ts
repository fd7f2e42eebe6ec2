import { pythonFloat } from '@sentinode/core';
import type { FeatureVector } from '@sentinode/radiomics';
import { ENGINE_VERSION } from '@sentinode/study';

/** `diagnostics_*` names whose numbers are whole. */
const whole = /_(Size|BoundingBox|VoxelNum|VolumeNum)$/;

/** The reference names its own version and those of its libraries here; we use none of them. */
const versions: Readonly<Record<string, string>> = {
  diagnostics_Versions_PyRadiomics: `sentinode ${ENGINE_VERSION}`,
  diagnostics_Versions_Numpy: 'none',
  diagnostics_Versions_SimpleITK: 'none',
  diagnostics_Versions_PyWavelet: 'none',
  diagnostics_Versions_Python: 'none',
};

/** Diagnostics with the versions in front; none where the settings want none. */
export function diagnosticsOf({ diagnostics }: FeatureVector): FeatureVector['diagnostics'] {
  return Object.keys(diagnostics).length === 0 ? {} : { ...versions, ...diagnostics };
}

/**
 * Cells of one case, as the reference prints them: diagnostics, then features; an undefined feature is `nan`, or left
 * out.
 */
export function cellsOf(vector: FeatureVector, skipNans = false): Map<string, string> {
  const cells = new Map<string, string>();
  for (const [name, value] of Object.entries(diagnosticsOf(vector))) {
    const number = whole.test(name) ? String : pythonFloat;
    const cell =
      typeof value === 'string'
        ? value
        : typeof value === 'number'
          ? number(value)
          : `(${value.map((one) => number(one)).join(', ')})`;
    cells.set(name, cell);
  }
  vector.names.forEach((name, index) => {
    if (!skipNans || !Number.isNaN(vector.values[index]!))
      cells.set(name, pythonFloat(vector.values[index]!));
  });
  return cells;
}
