export { extract } from './extractor/extract.ts';
export type { FeatureVector } from './feature-vector.ts';
export { featureClasses, onlyByName } from './features/index.ts';
export { defaultProtocol } from './parameters/default-protocol.ts';
export { parseParameters } from './parameters/parse-parameters.ts';
export { type Parameters, resolveSettings } from './parameters/resolve-settings.ts';
export type {
  ExtractionSettings,
  FeatureClassSettings,
  ImageTypeSettings,
  MeasurementSettings,
} from './parameters/settings.ts';
export { settingSchema } from './parameters/settings.ts';
export { writeParameters } from './parameters/write-parameters.ts';
