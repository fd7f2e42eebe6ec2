import { pow } from '@sentinode/core';
import { quantityTable } from '../../../features/evidence.ts';
import type { FeatureValue } from '../../../features/feature-class.ts';
import type { IbsiRegion } from '../../region.ts';
import type { IbsiFamily } from '../family.ts';

/** Radius in mm of a sphere of 1 cm^3. */
const RADIUS = 10 * pow(3 / (4 * Math.PI), 1 / 3);

/** Voxel offsets whose centre lies in the sphere. */
function sphere(spacing: readonly number[]): [number, number, number][] {
  const reach = spacing.map((s) => Math.floor(RADIUS / s)) as [number, number, number];
  const found: [number, number, number][] = [];
  for (let z = -reach[2]; z <= reach[2]; z++) {
    for (let y = -reach[1]; y <= reach[1]; y++) {
      for (let x = -reach[0]; x <= reach[0]; x++) {
        const [a, b, c] = [x * spacing[0]!, y * spacing[1]!, z * spacing[2]!];
        if (a * a + b * b + c * c <= RADIUS * RADIUS) found.push([x, y, z]);
      }
    }
  }
  return found;
}

function compute({ image, box, inBox, values, spacing, size }: IbsiRegion): Record<string, FeatureValue> {
  const offsets = sphere(spacing);
  const [nx, ny, nz] = image.size;
  const meanAround = (x: number, y: number, z: number): number => {
    let sum = 0;
    let count = 0;
    for (const [dx, dy, dz] of offsets) {
      const [u, v, w] = [x + dx, y + dy, z + dz];
      if (u < 0 || v < 0 || w < 0 || u >= nx || v >= ny || w >= nz) continue;
      sum += image.values[u + nx * (v + ny * w)]!;
      count++;
    }
    return sum / count;
  };
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) highest = Math.max(highest, value);
  let local = Number.NEGATIVE_INFINITY;
  let global = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const at = inBox[i]!;
    const x = (at % size[0]) + box.start[0];
    const y = (Math.floor(at / size[0]) % size[1]) + box.start[1];
    const z = Math.floor(at / (size[0] * size[1])) + box.start[2];
    const peak = meanAround(x, y, z);
    if (peak > global) global = peak;
    if (values[i] === highest && peak > local) local = peak;
  }
  return { loc_peak_loc: local, loc_peak_glob: global };
}

/** Mean intensity in spheres of 1 cm^3 around voxels of the intensity mask; voxels outside the mask count too. */
export const localIntensity = {
  name: 'local-intensity',
  title: 'Local intensity',
  code: '9ST6',
  aggregations: [],
  baseOnly: false,
  reads: [],
  compute,
  evidence: ({ values, spacing }) => [
    quantityTable('sphere of 1 cm^3', {
      'radius, mm': RADIUS,
      'voxels of a sphere': sphere(spacing).length,
      'spheres looked at': values.length,
      'highest intensity': values.reduce((most, value) => Math.max(most, value)),
    }),
  ],
  features: [
    {
      tag: 'loc_peak_loc',
      code: 'VJGA',
      unit: 'intensity',
      title: 'Local intensity peak',
      formula: 'mean in 1 cm^3 around the voxel of highest intensity; of several the highest mean',
    },
    {
      tag: 'loc_peak_glob',
      code: '0F91',
      unit: 'intensity',
      title: 'Global intensity peak',
      formula: 'highest mean in 1 cm^3 around any voxel of the intensity mask',
    },
  ],
} satisfies IbsiFamily;
