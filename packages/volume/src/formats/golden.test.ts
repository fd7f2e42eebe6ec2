import { dirname, join } from 'node:path';
import { sha256 } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { hasShared, readBytes, readJson, reference, shared } from '../../../../reference/locator.ts';
import { indexToWorld, worldToIndex } from '../geometry/geometry.ts';
import type { Vector3, Volume } from '../volume.ts';
import { readVolume } from './index.ts';

interface Expected {
  readonly size: number[];
  readonly spacing: number[];
  readonly origin: number[];
  readonly direction: number[];
  readonly elementType: string;
  readonly nan: number;
  readonly sha256: string;
  readonly voxels: Record<string, number>;
  readonly index?: number;
  readonly points?: { index: Vector3; world: Vector3 }[];
}
interface Refused {
  readonly refused: string;
  readonly reason: string;
}
const golden = readJson<{ files: Record<string, Expected>; samples: Record<string, Expected | Refused> }>(
  reference('volumes', 'expected.json'),
);

/**
 * Voxels must be equal to the last bit. Geometry: NIfTI headers are float32, and ITK turns the quaternion into a
 * matrix in float32 (3e-7 in a cosine); NRRD headers are decimal text.
 */
const TOLERANCE = {
  nifti: { spacing: 1e-6, origin: 2e-5, direction: 1e-6 },
  nrrd: { spacing: 1e-12, origin: 1e-12, direction: 1e-12 },
};

function readFile(path: string, index?: number): Promise<Volume> {
  const sibling = async (name: string): Promise<Uint8Array> => readBytes(join(dirname(path), name));
  return readVolume(readBytes(path), { file: path, index, sibling });
}

function expectNear(found: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, at) => {
    expect(Math.abs(value - wanted[at]!)).toBeLessThanOrEqual(tolerance);
  });
}

async function expectVolume(volume: Volume, wanted: Expected, name: string): Promise<void> {
  const { geometry, data } = volume;
  const tolerance = TOLERANCE[/\.nii|\.hdr$/.test(name) ? 'nifti' : 'nrrd'];
  expect(geometry.size).toEqual(wanted.size);
  expectNear(geometry.spacing, wanted.spacing, tolerance.spacing);
  expectNear(geometry.origin, wanted.origin, tolerance.origin);
  expectNear(geometry.direction, wanted.direction, tolerance.direction);
  expect(volume.elementType).toBe(wanted.elementType);
  const doubles = Float64Array.from(data, (value) => (Number.isNaN(value) ? 0 : value));
  for (const [at, value] of Object.entries(wanted.voxels)) expect(doubles[Number(at)]).toBe(value);
  expect(Array.from(data).filter(Number.isNaN)).toHaveLength(wanted.nan);
  expect(await sha256(new Uint8Array(doubles.buffer))).toBe(wanted.sha256);
}

describe('an oblique volume', () => {
  const oblique = Object.entries(golden.files).filter(([, wanted]) => wanted.points !== undefined);
  it.each(oblique)('%s has its voxels where nibabel and ITK have them', async (name, wanted) => {
    const { geometry } = await readFile(reference('volumes', 'files', name));
    for (const { index, world } of wanted.points!) {
      expectNear(indexToWorld(geometry, index), world, 3e-6);
      expectNear(worldToIndex(geometry, world), index, 5e-6);
    }
  });
});

describe('files of other tools', () => {
  it.each(Object.entries(golden.files))('%s', async (name, wanted) => {
    await expectVolume(await readFile(reference('volumes', 'files', name), wanted.index), wanted, name);
  });
});

describe.skipIf(!hasShared('nrrd-samples'))('third-party samples', () => {
  it.each(Object.entries(golden.samples))('%s', async (name, wanted) => {
    const volume = readFile(shared(name), 'index' in wanted ? wanted.index : undefined);
    if ('refused' in wanted) await expect(volume).rejects.toMatchObject({ code: wanted.refused });
    else await expectVolume(await volume, wanted, name);
  });
});
