import { type FeatureVector, isIbsi, type Protocol } from '@sentinode/radiomics';

/** What an extraction that only counts grey levels knows of a region. */
export interface RegionGreyLevels {
  /** Voxels of the region on the grid of the image, and on the grid that is measured. */
  readonly voxels: number;
  readonly measuredVoxels: number;
  /** Grey levels of the region on the original image type with the bin width of the settings. */
  readonly greyLevels: number;
  readonly warnings: readonly string[];
}

/** Settings, reduced to the extremes of the original image: they decide the grey levels. */
export function greyLevelsOnly(settings: Protocol): Protocol {
  if (isIbsi(settings))
    return { ...settings, families: ['intensity-histogram'], filters: [{ type: 'none' }] };
  const original = settings.imageTypes.find(({ name }) => name === 'Original');
  const { measurement } = original ?? settings.imageTypes[0]!;
  return {
    ...settings,
    additionalInfo: true,
    imageTypes: [{ name: 'Original', options: {}, measurement }],
    featureClasses: [{ name: 'firstorder', features: ['Minimum', 'Maximum'] }],
  };
}

/** Reads what {@link greyLevelsOnly} measured. */
export function greyLevelsOf(vector: FeatureVector, settings: Protocol): RegionGreyLevels {
  if (isIbsi(settings)) return ibsiGreyLevels(vector);
  const { values, warnings, diagnostics } = vector;
  const number = (name: string): number => Number(diagnostics[`diagnostics_${name}`]);
  const { binCount, binWidth } = settings.imageTypes[0]!.measurement;
  const levels = Math.floor(values[1]! / binWidth) - Math.floor(values[0]! / binWidth) + 1;
  const resampled = 'diagnostics_Mask-interpolated_VoxelNum' in diagnostics;
  return {
    voxels: number('Mask-original_VoxelNum'),
    measuredVoxels: number(resampled ? 'Mask-interpolated_VoxelNum' : 'Mask-original_VoxelNum'),
    greyLevels: binCount ?? levels,
    warnings: warnings.map(({ message }) => message),
  };
}

/** The same from the diagnostics of an IBSI extraction, which has the histogram's features alone. */
function ibsiGreyLevels({ names, values, warnings, diagnostics }: FeatureVector): RegionGreyLevels {
  return {
    voxels: Number(diagnostics.morph_mask_vox_count_init_roi),
    measuredVoxels: Number(diagnostics.int_mask_vox_count_reseg_roi),
    greyLevels: values[names.indexOf('ih_max')]!,
    warnings: warnings.map(({ message }) => message),
  };
}
