import type { Slice } from '../frames/slice.ts';

/** A plain axial slice of 4 x 3 pixels at a height, with anything else changed. */
export function slice(z: number, changes: Partial<Slice> = {}): Slice {
  return {
    source: 0,
    frame: 0,
    instance: '1.2.3',
    instanceNumber: 1,
    columns: 4,
    rows: 3,
    position: [-10, -20, z],
    rowDirection: [1, 0, 0],
    columnDirection: [0, 1, 0],
    spacing: [0.8, 0.7],
    thickness: 3,
    gap: undefined,
    stored: { bits: 12, signed: false, float: false },
    slope: 1,
    intercept: 0,
    flavour: ['ORIGINAL', 'PRIMARY'],
    echoTime: 4,
    bValue: undefined,
    bDirection: undefined,
    times: {},
    ...changes,
  };
}
