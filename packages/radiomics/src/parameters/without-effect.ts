import type { z } from 'zod';
import type { settingSchema } from './settings.ts';

/** What decides whether a setting has an effect. */
interface Configuration {
  readonly setting: z.output<typeof settingSchema>;
  readonly imageTypes: readonly string[];
  readonly classes: readonly string[];
}

const neighbourClasses = ['glcm', 'gldm', 'ngtdm'];

/** Why a setting that is written has no effect; undefined where it has one. */
const reasons: Readonly<Record<string, (configuration: Configuration) => string | undefined>> = {
  normalizeScale: ({ setting }) => (setting.normalize ? undefined : 'normalize is off'),
  removeOutliers: ({ setting }) =>
    setting.normalize || setting.removeOutliers === null ? undefined : 'normalize is off',
  interpolator: ({ setting }) =>
    setting.resampledPixelSpacing === null && setting.interpolator !== null
      ? 'resampledPixelSpacing is not set'
      : undefined,
  resampledPixelSpacing: ({ setting }) =>
    setting.resampledPixelSpacing !== null && setting.interpolator === null
      ? 'interpolator is null, so nothing is resampled'
      : undefined,
  padDistance: ({ setting }) =>
    setting.preCrop || resamples(setting) ? undefined : 'nothing is resampled, and preCrop is off',
  preCrop: ({ setting }) =>
    setting.preCrop && resamples(setting) ? 'resampling crops the image anyway' : undefined,
  correctMask: ({ setting }) =>
    setting.correctMask && resamples(setting) ? 'resampling puts the mask on the new grid anyway' : undefined,
  geometryTolerance: ({ setting }) =>
    setting.geometryTolerance !== null && resamples(setting)
      ? 'with resampling the mask may lie on another grid'
      : undefined,
  force2Ddimension: ({ setting, imageTypes }) =>
    setting.force2D || imageTypes.includes('LBP2D') ? undefined : 'force2D is off',
  resegmentMode: ({ setting }) => (setting.resegmentRange === null ? 'resegmentRange is not set' : undefined),
  resegmentShape: ({ setting }) =>
    setting.resegmentShape && setting.resegmentRange === null ? 'resegmentRange is not set' : undefined,
  binWidth: ({ setting }) => (setting.binCount === null ? undefined : 'binCount is set'),
  distances: ({ classes }) =>
    classes.some((name) => neighbourClasses.includes(name))
      ? undefined
      : `only ${neighbourClasses.join(', ')} know distances`,
  weightingNorm: ({ setting, classes }) =>
    setting.weightingNorm === null || classes.includes('glcm') || classes.includes('glrlm')
      ? undefined
      : 'only glcm and glrlm weight directions',
  symmetricalGLCM: ({ classes }) => (classes.includes('glcm') ? undefined : 'glcm is not measured'),
  gldm_a: ({ classes }) => (classes.includes('gldm') ? undefined : 'gldm is not measured'),
  voxelArrayShift: ({ classes }) =>
    classes.includes('firstorder') ? undefined : 'firstorder is not measured',
};

function resamples({ resampledPixelSpacing, interpolator }: Configuration['setting']): boolean {
  return resampledPixelSpacing !== null && interpolator !== null;
}

/** One sentence for each setting that is written and changes nothing. */
export function settingsWithoutEffect(written: readonly string[], configuration: Configuration): string[] {
  return written.flatMap((name) => {
    const reason = reasons[name]?.(configuration);
    return reason === undefined ? [] : [`The setting ${name} has no effect: ${reason}.`];
  });
}
