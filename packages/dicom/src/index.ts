export { isDicom, readDicom } from './data-set/read-file.ts';
export { isDirectoryFile, listedFiles } from './import/directory-file.ts';
export { expandSources } from './import/expand-sources.ts';
export type { Acquisition, IndexEntry } from './import/index-entry.ts';
export { indexTable } from './import/index-table.ts';
export { type ImportPlan, planImport } from './import/plan.ts';
export { Pseudonyms } from './import/pseudonyms.ts';
export { type ImportedFile, runImport } from './import/run-import.ts';
export { type FileSource, type Scan, type SkippedFile, scanFiles } from './import/scan.ts';
