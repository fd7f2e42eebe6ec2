import { createRandom } from '@sentinode/core';
import { indexToWorld, readVolume, sameGeometry, type Volume } from '@sentinode/volume';
import { beforeAll, describe, expect, it } from 'vitest';
import { screenedPatients } from '../cohort/screened-patients.ts';
import { simulateStudy } from '../simulate-study.ts';
import { readers, sequences, visits } from './sequences.ts';
import { tumourOf } from './tumour.ts';

/** Centre of mass of a mask against the tumour's centre: bumps and voxels move it by a few millimetres. */
const CENTRE_MM = 4;
/** Dice of two readers: each image, and the median over images. */
const DICE = { least: 0.6, medianLow: 0.8, medianHigh: 0.92 };
/** A region keeps at least this many voxels of 1 mm. */
const SMALLEST_MM3 = 200;

const files = new Map<string, Uint8Array>();
const rowsOf = (path: string): Record<string, string>[] => {
  const [head, ...lines] = new TextDecoder().decode(files.get(path)).trim().split('\n');
  const names = head!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [names[k]!, cell])));
};
const volumes = new Map<string, Volume>();
const volume = (path: string): Volume => volumes.get(path)!;
/** Voxels of a mask file. */
const voxelsOf = (path: string): Uint8Array => Uint8Array.from(volume(path).data);

beforeAll(async () => {
  for await (const file of simulateStudy({ patients: 6, seed: 5 })) files.set(file.path, file.bytes);
  for (const [path, bytes] of files)
    if (path.endsWith('.nii.gz')) volumes.set(path, await readVolume(bytes, { file: path }));
});

/** Patients with all images, and where their tumour is. */
const complete = () => rowsOf('truth.csv').filter((row) => row.takes_part === 'yes');

function centreOf(mask: Volume): number[] {
  const [nx, ny] = mask.geometry.size;
  const sum = [0, 0, 0];
  let n = 0;
  mask.data.forEach((inside, voxel) => {
    if (inside === 0) return;
    n++;
    const at = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))] as const;
    indexToWorld(mask.geometry, at).forEach((mm, axis) => {
      sum[axis]! += mm;
    });
  });
  return sum.map((value) => value / n);
}

const images = () =>
  complete().flatMap((row) =>
    visits.flatMap((visit) =>
      sequences.map((sequence) => ({ row, visit, sequence, name: `${row.patient_id}/${visit}_${sequence}` })),
    ),
  );

describe('simulated images', () => {
  it('lie on a grid of their own per sequence, oblique, with masks on the same grid', () => {
    for (const { name } of images()) {
      const image = volume(`images/${name}.nii.gz`);
      expect(image.elementType).toBe('int16');
      const [x, y, z] = image.geometry.spacing;
      expect(x).toBeCloseTo(y, 5);
      expect(x).toBeGreaterThan(0.6);
      expect(x).toBeLessThanOrEqual(1.2001);
      expect(z).toBeGreaterThanOrEqual(1.999);
      expect(z).toBeLessThanOrEqual(5.001);
      expect(image.geometry.direction.filter((cosine) => Math.abs(cosine) < 1e-3).length).toBeLessThan(4);
      for (const mask of ['', ...readers.map((reader) => `_${reader}`)])
        expect(sameGeometry(image.geometry, volume(`masks/${name}${mask}.nii.gz`).geometry)).toBe(true);
    }
    for (const { patient_id } of complete()) {
      const spacings = sequences.map((sequence) =>
        volume(`images/${patient_id}/pre_${sequence}.nii.gz`).geometry.spacing.join(),
      );
      expect(new Set(spacings).size).toBe(3);
    }
  });

  it('show the tumour at the same place in the patient in all sequences', () => {
    for (const { row, visit, name } of images()) {
      const centre = centreOf(volume(`masks/${name}.nii.gz`));
      const truth = ['x', 'y', 'z'].map((axis) => Number(row[`${visit}_centre_${axis}_mm`]));
      const distance = Math.hypot(...centre.map((mm, axis) => mm - truth[axis]!));
      expect(distance, name).toBeLessThan(CENTRE_MM);
    }
  });

  it('are drawn by two readers who differ as two people do', () => {
    const dice = images().map(({ name }) => {
      const [first, second] = readers.map((reader) => voxelsOf(`masks/${name}_${reader}.nii.gz`));
      const both = first!.reduce((sum, inside, voxel) => sum + (inside & second![voxel]!), 0);
      const total = (data: Uint8Array): number => data.reduce((sum, inside) => sum + inside, 0);
      return (2 * both) / (total(first!) + total(second!));
    });
    const sorted = [...dice].sort((a, b) => a - b);
    expect(sorted[0]).toBeGreaterThan(DICE.least);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeGreaterThan(DICE.medianLow);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(DICE.medianHigh);
  });

  it('keep a region large enough to measure, brighter than what surrounds it', () => {
    for (const { name } of images()) {
      const mask = volume(`masks/${name}.nii.gz`);
      const image = volume(`images/${name}.nii.gz`);
      const voxels = voxelsOf(`masks/${name}.nii.gz`).reduce((sum, inside) => sum + inside, 0);
      const [x, y, z] = mask.geometry.spacing;
      expect(voxels * x * y * z, name).toBeGreaterThan(SMALLEST_MM3);
      const mean = (wanted: number): number => {
        const values = [...image.data].filter((_, voxel) => mask.data[voxel] === wanted);
        return values.reduce((a, b) => a + b, 0) / values.length;
      };
      expect(mean(1)).toBeGreaterThan(1.4 * mean(0));
    }
  });
});

describe('the latent response', () => {
  it('shows in the size of the tumour after therapy', () => {
    const random = createRandom(1, 'test');
    const patients = screenedPatients(300, 'paper', random);
    const shrinkage = patients.map((patient) => {
      const { pre, post } = tumourOf(patient, 1, random.fork(patient.id)).states;
      return { response: patient.response, left: post.radius / pre.radius };
    });
    const mean = (rows: typeof shrinkage): number =>
      rows.reduce((sum, row) => sum + row.left, 0) / rows.length;
    const good = shrinkage.filter((row) => row.response > 0.5);
    const bad = shrinkage.filter((row) => row.response < -0.5);
    expect(mean(bad) - mean(good)).toBeGreaterThan(0.06);
  });
});
