import { type ElementType, type Geometry, type Volume, writeVolume } from '@sentinode/volume';

const SIZE = [24, 22, 12] as const;

/** A grid of 1 x 1 x 2 mm; `shift` moves its origin. */
export function grid(shift = 0, size: readonly [number, number, number] = SIZE): Geometry {
  return { size, spacing: [1, 1, 2], origin: [shift, 0, 0], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] };
}

/** A volume whose voxels are given by index, as NIfTI bytes. */
export function nifti(
  geometry: Geometry,
  elementType: ElementType,
  value: (x: number, y: number, z: number) => number,
): Uint8Array {
  const [nx, ny, nz] = geometry.size;
  const Kind = elementType === 'uint8' ? Uint8Array : elementType === 'int16' ? Int16Array : Float32Array;
  const data = new Kind(nx * ny * nz);
  for (let at = 0; at < data.length; at++)
    data[at] = value(at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny)));
  return writeVolume({ geometry, elementType, data } as Volume, 'x.nii');
}

/** Texture without a random generator. */
export const texture = (x: number, y: number, z: number): number =>
  ((x * 37 + y * 91 + z * 53 + x * y * z) % 101) * 3;

/** 1 inside a ball around the middle. */
export const ball = (x: number, y: number, z: number): number =>
  (x - 11) ** 2 + (y - 10) ** 2 + 3 * (z - 6) ** 2 < 40 ? 1 : 0;
