import type { Warning } from '@sentinode/core';
import { boundingBox, describeGeometry, type Mask, sameGeometry, type Volume } from '@sentinode/volume';
import { type ExtractionSettings, voxelSettingSchema } from '../parameters/settings.ts';
import { regionWarnings, resamplingWarning } from './region-checks.ts';
import type { WorkingRegion } from './working-region.ts';

/** What a reader of any measurement should know about the region and its grid. */
export function caseWarnings(
  image: Volume,
  given: Mask,
  { mask, box, interpolated }: Pick<WorkingRegion, 'mask' | 'box' | 'interpolated'>,
): Warning[] {
  if (interpolated === undefined) return regionWarnings(mask, box, 'own grid');
  const before = regionWarnings(given, boundingBox(given)!, 'own grid');
  return [
    ...otherGridWarning(image, given),
    ...resamplingWarning(given.geometry.spacing, mask.geometry.spacing),
    ...regionWarnings(mask, box, 'resampled'),
    ...before.filter(({ code }) => code === 'region-at-border'),
  ];
}

/** With resampling the reference takes a mask of another grid; whoever did not mean that should hear of it. */
function otherGridWarning(image: Volume, mask: Mask): Warning[] {
  if (sameGeometry(image.geometry, mask.geometry)) return [];
  return [
    {
      code: 'mask-other-grid',
      message: `The mask lies on another grid than its image, and resampling brought both on one. Image: ${describeGeometry(image.geometry)}; mask: ${describeGeometry(mask.geometry)}.`,
    },
  ];
}

/** What the parameter file asks for and does not get. */
export function remarkWarnings({ remarks }: ExtractionSettings): Warning[] {
  return remarks.map((message) => ({ code: 'setting-no-effect', message }));
}

/** Settings of feature maps, which change nothing when a region is measured as a whole. */
export function mapSettingWarnings({ configuration }: ExtractionSettings): Warning[] {
  return configuration.settings
    .map(([name]) => name)
    .filter((name) => name in voxelSettingSchema.shape)
    .map((name) => ({
      code: 'setting-no-effect',
      message: `voxelSetting.${name} has no effect: it is for feature maps only.`,
    }));
}
