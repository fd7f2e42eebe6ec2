import { SentinodeError } from '@sentinode/core';
import type { ElementType } from '../../volume.ts';

/** NIfTI `datatype` codes of scalar voxels. */
const scalarTypes: ReadonlyMap<number, ElementType> = new Map([
  [2, 'uint8'],
  [4, 'int16'],
  [8, 'int32'],
  [16, 'float32'],
  [64, 'float64'],
  [256, 'int8'],
  [512, 'uint16'],
  [768, 'uint32'],
  [1024, 'int64'],
  [1280, 'uint64'],
]);

/** Codes of the standard that are no scalars a feature could be computed from. */
const otherTypes: ReadonlyMap<number, string> = new Map([
  [1, 'single bits'],
  [32, 'complex numbers'],
  [128, 'RGB colours'],
  [1536, '128-bit floats'],
  [1792, 'complex numbers'],
  [2048, 'complex numbers'],
  [2304, 'RGBA colours'],
]);

/** @throws SentinodeError `volume-header` for a code that is unknown or no scalar */
export function elementOfCode(code: number): ElementType {
  const type = scalarTypes.get(code);
  if (type !== undefined) return type;
  const other = otherTypes.get(code);
  throw new SentinodeError(
    'volume-header',
    other === undefined
      ? `The header names data type ${code}, which NIfTI does not have; the header is damaged. Export the volume again.`
      : `The voxels are ${other} (data type ${code}), not scalars. Convert the volume to integers or floats.`,
    { field: 'datatype' },
  );
}

export function codeOfElement(type: ElementType): number {
  for (const [code, own] of scalarTypes) if (own === type) return code;
  throw new RangeError(`no NIfTI code for ${type}`);
}
