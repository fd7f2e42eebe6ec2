export { correctBiasField } from './bias-field/n4.ts';
export { type BiasFieldOptions, biasFieldDefaults } from './bias-field/options.ts';
export { elementRange, isWhole } from './element-range.ts';
export { gunzip, gunzipHead, gzip, inflateRaw, isGzip } from './formats/compression/gzip.ts';
export { readVolume, volumeFormats, writeVolume } from './formats/index.ts';
export type { ReadOptions, Sibling, VolumeFormat, VolumeSource } from './formats/volume-format.ts';
export { assertSameGrid } from './geometry/assert-same-grid.ts';
export { type Box, boundingBox, crop, cropGeometry, padBox } from './geometry/crop.ts';
export { describeGeometry } from './geometry/describe-geometry.ts';
export {
  checkGeometry,
  geometryOfSteps,
  indexToWorld,
  stepMatrix,
  voxelCount,
  worldToIndex,
} from './geometry/geometry.ts';
export { type GridMismatch, gridMismatch } from './geometry/grid-mismatch.ts';
export { type RepairedGrid, repairGrid } from './geometry/repair-grid.ts';
export { GEOMETRY_TOLERANCE, sameGeometry } from './geometry/same-geometry.ts';
export { type ComputedMap, computeMap, plainMapSettings } from './maps/compute-map.ts';
export type { DerivedMap, MapSettings } from './maps/derived-map.ts';
export { derivedMaps } from './maps/index.ts';
export { type ConsensusRule, consensusMask, consensusRules } from './mask/agreement/consensus.ts';
export { type MaskAgreement, maskAgreement } from './mask/agreement/overlap.ts';
export { bodyShare } from './mask/body.ts';
export {
  type ConnectedComponents,
  connectedComponents,
  largestComponent,
} from './mask/connected-components.ts';
export { assertFiniteInside } from './mask/finite-voxels.ts';
export {
  type LabelDescription,
  labelNamed,
  parseLabelDescriptions,
  writeLabelDescriptions,
} from './mask/label-descriptions.ts';
export { countLabels, type LesionRule, maskFromLabels, regionOfLesions } from './mask/mask-from-labels.ts';
export { centredGrid, type GridInterpolation, resampleCentred } from './resample/centre-aligned.ts';
export type { InterpolationName } from './resample/interpolators/index.ts';
export {
  maskOnImage,
  type ResampleOptions,
  resampleMask,
  resampleToSpacing,
  resampleVolume,
} from './resample/resample.ts';
export { type PlaneView, planeViews, type ViewOptions } from './views/plane-views.ts';
export type { ElementType, Geometry, Mask, Vector3, Volume, VoxelArray } from './volume.ts';
