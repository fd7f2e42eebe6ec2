import { z } from 'zod';

/** Options that several filters share. */
export const dimension = z.enum(['2D', '3D']).default('3D').describe('2D: each slice for itself');
export const boundary = z
  .enum(['mirror', 'nearest', 'zero', 'wrap'])
  .default('mirror')
  .describe('values beyond the image: mirrored about its edge, the edge value, 0, or periodic');
export const rotationInvariant = z
  .boolean()
  .default(false)
  .describe('pool the responses of all right-angled rotations of the filter: 24 in 3D, 4 in 2D');
export const pooling = z.enum(['max', 'mean']).default('max').describe('how rotations are pooled');
/** A name of one's own for the columns. */
export const name = z
  .string()
  .regex(/^[A-Za-z0-9.+-]+$/)
  .optional()
  .describe('in feature names, instead of the one made from the options');

export type Boundary = z.output<typeof boundary>;
export type Pooling = z.output<typeof pooling>;
