import { symmetricEigen } from '@sentinode/core';

type Size = readonly [number, number, number];

/** Eigenvalues (descending, mm^2) of the covariance of the voxel centres; slightly negative ones are 0, others NaN. */
export function principalVariances(mask: Uint8Array, size: Size, spacing: Size): [number, number, number] {
  const [nx, ny, nz] = size;
  const mean = [0, 0, 0];
  let n = 0;
  const visit = (work: (point: readonly [number, number, number]) => void): void => {
    let at = 0;
    for (let z = 0; z < nz; z++)
      for (let y = 0; y < ny; y++)
        for (let x = 0; x < nx; x++, at++)
          if (mask[at] !== 0) work([x * spacing[0], y * spacing[1], z * spacing[2]]);
  };
  visit((point) => {
    n++;
    for (let a = 0; a < 3; a++) mean[a]! += point[a]!;
  });
  for (let a = 0; a < 3; a++) mean[a]! /= n;
  const covariance = new Float64Array(9);
  visit((point) => {
    for (let a = 0; a < 3; a++)
      for (let b = 0; b < 3; b++)
        covariance[a * 3 + b]! += ((point[a]! - mean[a]!) * (point[b]! - mean[b]!)) / n;
  });
  return Array.from(symmetricEigen(covariance, 3).values, (value) =>
    value < 0 ? (value > -1e-10 ? 0 : Number.NaN) : value,
  ) as [number, number, number];
}
