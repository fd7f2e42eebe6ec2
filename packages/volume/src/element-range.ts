import type { ElementType } from './volume.ts';

type WholeType = Exclude<ElementType, 'float32' | 'float64'>;

const ranges: Readonly<Record<WholeType, readonly [number, number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  int64: [-(2 ** 63), 2 ** 63],
  uint64: [0, 2 ** 64],
};

/** Whether voxels of a type are whole numbers. */
export function isWhole(type: ElementType): type is WholeType {
  return type in ranges;
}

/** Lowest and highest value of a type of whole numbers. */
export function elementRange(type: WholeType): readonly [number, number] {
  return ranges[type];
}
