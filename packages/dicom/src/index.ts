export { type ArrangedImage, type Arrangement, arrangeStudy, choiceKey } from './arrange/arrange.ts';
export { makeImage } from './arrange/make-image.ts';
export { parseRules } from './arrange/parse-rules.ts';
export { isDicom, readDicom } from './data-set/read-file.ts';
export type { DeidentifyOptions } from './deidentify/deidentify-file.ts';
export { type DeidentifiedCount, deidentifyScan } from './deidentify/deidentify-scan.ts';
export {
  acquisitionCsv,
  acquisitionTable,
  parameterNames,
  seriesParameters,
} from './import/acquisition-table.ts';
export { isDirectoryFile, listedFiles } from './import/directory-file.ts';
export { expandSources } from './import/expand-sources.ts';
export { findVolume } from './import/find-volume.ts';
export type { ImportedFile } from './import/imported-file.ts';
export type { Acquisition, IndexEntry } from './import/index-entry.ts';
export { indexTable } from './import/index-table.ts';
export { type ImportPlan, planImport } from './import/plan.ts';
export { Pseudonyms } from './import/pseudonyms.ts';
export { runImport } from './import/run-import.ts';
export { type FileSource, type Scan, type SkippedFile, scanFiles } from './import/scan.ts';
export { writeSegmentation } from './masks/write-segmentation.ts';
export { type NewSeries, type NewVolume, writeImageSeries } from './write/write-series.ts';
