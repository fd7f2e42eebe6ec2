import { z } from 'zod';
import { effects } from './cohort/effects.ts';

/** What `simulate` can be asked for. */
export const simulationSchema = z.strictObject({
  patients: z.number().int().min(4).max(5000).default(254).describe('patients who take part'),
  seed: z.number().int().nonnegative().default(18),
  effect: z.enum(effects).default('paper').describe('how much images and features know of the outcome'),
  features: z.boolean().default(false).describe('feature tables in place of images'),
  format: z.enum(['nifti', 'dicom']).default('nifti').describe('format of the images'),
  detail: z.enum(['small', 'full']).default('small').describe('extent of the images'),
});

export type SimulationOptions = z.output<typeof simulationSchema>;
