import type { Vector3 } from '@sentinode/volume';
import { z } from 'zod';
import type { IbsiFilter } from '../filter.ts';
import { boundary, name, pooling } from '../options.ts';
import { addPlaneResponses, anglesOf, gaborReach, type Plane } from './plane.ts';

const options = z.strictObject({
  type: z.literal('gabor'),
  name,
  boundary,
  sigma: z.number().positive().describe('standard deviation of the envelope, mm'),
  lambda: z.number().positive().describe('wavelength, mm'),
  gamma: z
    .number()
    .positive()
    .default(1)
    .describe('ellipticity: length over width of the envelope across the wave'),
  theta: z.number().default(0).describe('direction of the wave, degrees'),
  thetaStep: z
    .number()
    .positive()
    .max(360)
    .nullable()
    .default(null)
    .describe('pool directions at this step over one turn, degrees; null: theta alone'),
  pooling: pooling.default('mean'),
  orthogonalPlanes: z
    .boolean()
    .default(false)
    .describe('pool the responses in the three planes along the axes (3D); false: slices along z only (2D)'),
});

/** Planes by row and column axis. */
const axial: Plane = { rows: 1, columns: 0, slices: 2 };
const orthogonal: readonly Plane[] = [
  axial,
  { rows: 2, columns: 0, slices: 1 },
  { rows: 2, columns: 1, slices: 0 },
];

/** Modulus of the response to a Gabor kernel, slice by slice. */
export const gabor = {
  type: 'gabor',
  title: 'Gabor',
  options,
  label: ({ sigma, lambda, gamma, theta, thetaStep, pooling, orthogonalPlanes }) =>
    [
      `gabor-${orthogonalPlanes ? '3D' : '2D'}-sigma-${sigma}-lambda-${lambda}-gamma-${gamma}`,
      thetaStep === null ? `theta-${theta}` : `step-${thetaStep}-${pooling}`,
    ].join('-'),
  reach: (given, spacing) => {
    const half = gaborReach(given, Math.min(...spacing));
    return [half, half, given.orthogonalPlanes ? half : 0] as Vector3;
  },
  apply: (image, given) => {
    const planes = given.orthogonalPlanes ? orthogonal : [axial];
    const angles = anglesOf(given.theta, given.thetaStep);
    const pooled = new Float64Array(image.values.length);
    for (const plane of planes) addPlaneResponses(pooled, image, plane, angles, given);
    if (given.pooling === 'mean') {
      const parts = planes.length * angles.reduce((sum, { weight }) => sum + weight, 0);
      for (let k = 0; k < pooled.length; k++) pooled[k]! /= parts;
    }
    return pooled;
  },
} satisfies IbsiFilter<typeof options>;
