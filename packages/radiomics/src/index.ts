export type { Geometry, Mask, Volume } from '@sentinode/volume';
export type { Explanation } from './explain/explanation.ts';
export { explainFeature } from './explain.ts';
export { extract, type RegionExtractor, regionExtractor } from './extract.ts';
export type { FeatureVector } from './feature-vector.ts';
export type { EvidenceTable } from './features/feature-class.ts';
export { featureClasses, onlyByName } from './features/index.ts';
export { summariseGreyLevels } from './grey-level-counts.ts';
export { type IbsiColumn, ibsiCodes, ibsiColumns } from './ibsi/codes.ts';
export { ibsiFamilies } from './ibsi/families/index.ts';
export { type ResponseMap, responseMaps } from './ibsi/response-maps.ts';
export { defaultIbsiSettings, type IbsiSettings, ibsiSchema } from './ibsi/settings/settings.ts';
export { defaultProtocol } from './parameters/default-protocol.ts';
export { overrideSettings } from './parameters/override-settings.ts';
export { parseParameters, parseProtocol } from './parameters/parse-parameters.ts';
export { type Parameters, resolveSettings } from './parameters/resolve-settings.ts';
export type {
  ExtractionSettings,
  FeatureClassSettings,
  ImageTypeSettings,
  MeasurementSettings,
} from './parameters/settings.ts';
export { settingSchema } from './parameters/settings.ts';
export { writeParameters } from './parameters/write-parameters.ts';
export { isIbsi, type Protocol, type Standard } from './protocol.ts';
export { type FeatureMap, featureMaps, type MapProgress } from './voxel/feature-maps.ts';
