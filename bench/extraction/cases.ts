import { createRandom } from '@sentinode/core';
import type { Geometry, Mask, Volume } from '@sentinode/volume';

/** An image with texture and a region of about so many voxels, the same for a seed. */
export interface CaseOptions {
  readonly size: readonly [number, number, number];
  /** Millimetres. */
  readonly spacing: readonly [number, number, number];
  readonly voxels: number;
  readonly seed: number;
}

/** Smooth background with waves of several lengths and grain; the region is a ball with bumps. */
export function makeCase({ size, spacing, voxels, seed }: CaseOptions): { image: Volume; mask: Mask } {
  const random = createRandom(seed);
  const [nx, ny, nz] = size;
  const waves = Array.from({ length: 8 }, () => ({
    k: [0, 1, 2].map(() => (random.uniform() - 0.5) * 0.9) as [number, number, number],
    phase: 6.28 * random.uniform(),
    height: 15 + 50 * random.uniform(),
  }));
  // one wave is a product along the axes, so that a large volume is made in a second
  const tables = waves.map(({ k, phase }) =>
    [nx, ny, nz].map((n, axis) =>
      Float64Array.from({ length: n }, (_, i) => Math.cos(k[axis]! * i + (axis === 0 ? phase : 0))),
    ),
  );
  const geometry: Geometry = {
    size: [nx, ny, nz],
    spacing: [...spacing],
    origin: [-100, -80, 30],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  };
  const data = new Int16Array(nx * ny * nz);
  const inside = new Uint8Array(data.length);
  const radius = Math.cbrt((3 * voxels * spacing[0] * spacing[1] * spacing[2]) / (4 * Math.PI));
  const centre = size.map((n) => Math.floor(n / 2));
  let at = 0;
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, at++) {
        let value = 600;
        for (let w = 0; w < waves.length; w++) {
          const [tx, ty, tz] = tables[w] as [Float64Array, Float64Array, Float64Array];
          value += waves[w]!.height * tx[x]! * ty[y]! * tz[z]!;
        }
        data[at] = Math.round(value + 60 * (random.uniform() - 0.5));
        const dx = (x - centre[0]!) * spacing[0];
        const dy = (y - centre[1]!) * spacing[1];
        const dz = (z - centre[2]!) * spacing[2];
        const distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
        if (distance > 1.3 * radius) continue;
        const bump = 1 + (0.15 * dx * dy + 0.1 * dy * dz - 0.12 * dx * dz) / (radius * radius);
        if (distance < radius * bump) inside[at] = 1;
      }
  return { image: { geometry, elementType: 'int16', data }, mask: { geometry, data: inside } };
}
