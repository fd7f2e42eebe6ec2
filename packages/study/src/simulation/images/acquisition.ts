import type { Random } from '@sentinode/core';
import { type Geometry, indexToWorld, type Vector3 } from '@sentinode/volume';
import { rotation } from './rotation.ts';
import type { SequenceProtocol } from './sequences.ts';

/** Extent of the field, mm at length factor 1: in plane and across slices. */
const FIELD = { inPlane: 66, across: 44 } as const;
/** Largest tilt of the slices, degrees. */
const TILT = 9;

const between = (random: Random, [low, high]: readonly [number, number]): number =>
  low + (high - low) * random.uniform();
const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** Voxel size of a sequence for one patient: the scanner's protocol, the same at both visits. */
export function voxelSize(protocol: SequenceProtocol, random: Random): Vector3 {
  const inPlane = hundredths(between(random, protocol.inPlane));
  return [inPlane, inPlane, hundredths(between(random, protocol.slice))];
}

/** An oblique grid around a point: tilted axial slices, the centre of the field a few millimetres off. */
export function acquisitionGrid(
  spacing: Vector3,
  around: Vector3,
  lengths: number,
  random: Random,
): Geometry {
  const tilt = (): number => hundredths((2 * random.uniform() - 1) * TILT);
  const direction = rotation(tilt(), tilt(), tilt() / 2);
  const count = (extent: number, step: number): number => 2 * Math.round((extent * lengths) / step / 2);
  const size: Vector3 = [
    count(FIELD.inPlane, spacing[0]),
    count(FIELD.inPlane, spacing[1]),
    count(FIELD.across, spacing[2]),
  ];
  const off = (): number => (2 * random.uniform() - 1) * 2;
  const centre: Vector3 = [around[0] + off(), around[1] + off(), around[2] + off()];
  const half = indexToWorld({ size, spacing, direction, origin: [0, 0, 0] }, [
    (size[0] - 1) / 2,
    (size[1] - 1) / 2,
    (size[2] - 1) / 2,
  ]);
  return {
    size,
    spacing,
    direction,
    origin: [
      hundredths(centre[0] - half[0]),
      hundredths(centre[1] - half[1]),
      hundredths(centre[2] - half[2]),
    ],
  };
}
