import { ablations } from './ablations/index.ts';
import { acquisition } from './acquisition/index.ts';
import { adjacentSlices } from './adjacent-slices/index.ts';
import { agreement } from './agreement/index.ts';
import { audit, validationReads } from './audit/index.ts';
import { baseline, baselineCohorts, baselineTraining, baselineValidation } from './baseline/index.ts';
import { calibration, calibrationDeciles } from './calibration/index.ts';
import { centres } from './centres/index.ts';
import { classifiers } from './classifiers/index.ts';
import { clinicalRegression, firth } from './clinical-regression/index.ts';
import { coefficients } from './coefficients/index.ts';
import { bootstrapDifferences, reclassification, trainingMinusValidation } from './comparisons/index.ts';
import { decisionCurve } from './decision-curve/index.ts';
import { delong, delongMatrix } from './delong/index.ts';
import { derivation, derivationConflicts } from './derivation/index.ts';
import { flow } from './flow/index.ts';
import { imputationAuc, imputationCoefficients, missingValues } from './imputation/index.ts';
import { nomogramPoints } from './nomogram/index.ts';
import { confusion, performance } from './performance/index.ts';
import { prevalence } from './prevalence/index.ts';
import { profileReasons, profiles } from './profiles/index.ts';
import { readerMasks } from './reader-masks/index.ts';
import type { ReportTable } from './report-table.ts';
import { nested, optimism } from './resampling/index.ts';
import { sampleSize } from './sample-size/index.ts';
import { scanDifferences, scans } from './scans/index.ts';
import { keptColumns, selection } from './selection/index.ts';
import { stability } from './stability/index.ts';
import { subgroups, subgroupsTraining } from './subgroups/index.ts';

/** All tables, in the order of the report. */
export const tables: readonly ReportTable[] = [
  flow,
  baseline,
  baselineTraining,
  baselineValidation,
  baselineCohorts,
  derivation,
  derivationConflicts,
  acquisition,
  scans,
  scanDifferences,
  readerMasks,
  agreement,
  selection,
  keptColumns,
  clinicalRegression,
  firth,
  missingValues,
  imputationCoefficients,
  imputationAuc,
  coefficients,
  nomogramPoints,
  sampleSize,
  classifiers,
  nested,
  optimism,
  stability,
  ablations,
  performance,
  confusion,
  prevalence,
  centres,
  subgroups,
  subgroupsTraining,
  delongMatrix,
  delong,
  bootstrapDifferences,
  trainingMinusValidation,
  reclassification,
  adjacentSlices,
  calibration,
  calibrationDeciles,
  decisionCurve,
  profiles,
  profileReasons,
  audit,
  validationReads,
];
