export { type Assembly, assembly, useAssembly } from './assembly/assembly.ts';
export type { Room } from './assembly/room.ts';
export { type ErrorCode, type ErrorEntry, errorCatalogue } from './errors/catalogue.ts';
export { type ErrorPlace, isSentinodeError, SentinodeError, withPlace } from './errors/error.ts';
export { crc32 } from './hash/crc32.ts';
export { sha1 } from './hash/sha1/index.ts';
export { sha256 } from './hash/sha256.ts';
export { Sha256Stream } from './hash/sha256-stream/index.ts';
export { symmetricEigen } from './linear-algebra/symmetric-eigen.ts';
export { cos, exp, expm1, log, log1p, log2, pow, sin, sqrt } from './math/index.ts';
export { parseOptions } from './options/parse-options.ts';
export { type Progress, type ProgressEvent, throwIfAborted, type Warning } from './progress/progress.ts';
export { createRandom, hash32, type Random } from './random/random.ts';
export {
  type FeatureTable,
  joinColumns,
  joinRows,
  selectColumns,
  selectPositions,
  selectRows,
} from './table/feature-table.ts';
export { type Matrix, matrixOfColumns } from './table/matrix.ts';
export { canonicalJson } from './text/canonical-json.ts';
export { editDistance, nearest } from './text/nearest.ts';
export { parseNumber } from './text/number.ts';
export { pythonFloat, pythonText } from './text/python-text.ts';
