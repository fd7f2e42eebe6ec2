export type { PlaneView } from '@sentinode/volume';
export type { Audit, AuditFinding } from './audit/audit.ts';
export { type BehaviouralAudit, behaviouralAudit, type StudyProgram } from './audit/behavioural.ts';
export { auditOfRun } from './audit/of-run.ts';
export { type BaselineOfTable, type BaselineOptions, baselineOfTable } from './baseline/baseline-of-table.ts';
export { type Bundle, type BundleFiles, readBundle, writeBundle } from './bundle/bundle.ts';
export type { CaseMix, CohortPerformance, Development } from './bundle/development.ts';
export {
  SIGNATURE_FILE,
  type SignatureState,
  type SigningKey,
  signatureState,
  signBundle,
  type TrustedKey,
  type VerifySignature,
} from './bundle/signature.ts';
export { type BundleUse, useOf } from './bundle/use.ts';
export {
  type ClinicalData,
  type ClinicalValues,
  type ClinicalVariable,
  valuesOf,
} from './cohort/clinical-data.ts';
export { columnCells, sameCell } from './cohort/read-cohort.ts';
export {
  type CheckPicture,
  checkStudy,
  type FailedImage,
  type ImageCheck,
  type StudyCheck,
} from './engine/check-study.ts';
export { measureStudy } from './engine/measure-study.ts';
export type { MeasuredStudy } from './engine/measured-study.ts';
export type { StudyOutcome } from './engine/outcome.ts';
export { type PreparedStudy, prepareStudy } from './engine/prepare-study.ts';
export { InputRecord, type Provenance } from './engine/provenance.ts';
export { type RunFile, runFiles } from './engine/run-files.ts';
export { modelStudy, runStudy } from './engine/run-study.ts';
export type { DelongComparison, ScoreComparison } from './evaluate/compare-scores.ts';
export { evaluateTable, type TableEvaluation } from './evaluate/evaluate-table.ts';
export type { EvaluateOptions } from './evaluate/options.ts';
export type { ProbabilityEvaluation, ScoreEvaluation } from './evaluate/score-evaluation.ts';
export type { StudyHost } from './host/study-host.ts';
export type { SeenPicture } from './images/deep-stage.ts';
export {
  type ExtractionJob,
  type ExtractionResult,
  extractImage,
  type NamedBytes,
  type ReadCase,
  type RegionRule,
  readCase,
  readNamedVolume,
  withSiblings,
} from './images/extraction-job.ts';
export {
  type CaseInspection,
  type InspectionJob,
  inspectCase,
  type MaskProblem,
} from './images/inspection/inspect-case.ts';
export { mapLimited } from './images/limited.ts';
export {
  type MaskRepair,
  REPAIRS_FILE,
  REPAIRS_FOLDER,
  writeRepairs,
} from './images/repairs/repair-record.ts';
export { decodeVectors, encodeVectors } from './images/vector-codec.ts';
export { type Exclusion, flowOf, included, type Ledger, type LedgerRow, ofCohort } from './ledger/ledger.ts';
export type { LockedModel } from './models/locked-model.ts';
export { type PipelineResamples, resampledColumns } from './models/pipeline-resamples.ts';
export { checkPaper, type PaperReview } from './paper/check-paper.ts';
export { type PaperFile, paperFiles } from './paper/read-paper.ts';
export {
  type CalculatorModel,
  calculatorModels,
  scoreTyped,
  type TypedPrediction,
  typedPredictors,
} from './predict/calculator.ts';
export { type CaseFile, parseCase } from './predict/case-file.ts';
export { formulaWorkbook } from './predict/formula-workbook.ts';
export { type CaseHost, type CasePicture, type MeasuredCase, measureCase } from './predict/measure-case.ts';
export {
  type Occlusion,
  type OcclusionCost,
  type OcclusionMap,
  type OcclusionOptions,
  type OcclusionWatch,
  occlusionMaps,
} from './predict/occlusion.ts';
export {
  clinicalValuesOf,
  clinicalVariablesOf,
  type PatientPrediction,
  type PredictorValue,
  scorePatient,
} from './predict/score-patient.ts';
export { type ResamplingJob, type ResamplingResult, runResampling } from './resampling/job.ts';
export type { FirthRegression, ModelComparison, SampleSizeResult } from './results/further-results.ts';
export type { ReaderMaskGroup, ReaderMasks } from './results/reader-masks.ts';
export type {
  AblationResult,
  AdjacentSliceComparison,
  AdjacentSliceResult,
  NestedResult,
  OptimismResult,
  ResamplingResults,
} from './results/resampling-results.ts';
export type { ScanParameter, ScanSummary } from './results/scans.ts';
export type {
  AgreementSummary,
  ClassifierChoice,
  ClassifierResult,
  ClinicalRegression,
  Cohort,
  CohortEvaluation,
  FlowStep,
  LassoSummary,
  ModelResult,
  NotComputed,
  ProfileClaim,
  ProfileComparison,
  SelectionResult,
  SelectionStep,
  StudyResults,
} from './results/study-results.ts';
export type { SubgroupResult, SubgroupRow } from './results/subgroups.ts';
export { compareRuns, type RunComparison, reasonsOf, type SideBySide } from './runs/compare-runs.ts';
export { type RunSnapshot, readRun } from './runs/run-snapshot.ts';
export type { SimulatedTables } from './simulation/features/feature-tables.ts';
export { type DrawnPatient, drawPatient, type PatientJob } from './simulation/images/draw-patient.ts';
export { MANUFACTURER as SIMULATED_MANUFACTURER } from './simulation/images/formats/dicom/protocols.ts';
export { type SimulationOptions, simulationSchema } from './simulation/options.ts';
export { simulateStudy, simulateTables } from './simulation/simulate-study.ts';
export type { SimulatedFile } from './simulation/simulated-file.ts';
export { completeStudy, studyTables } from './study-file/complete-study.ts';
export { type Study, studySchema } from './study-file/options.ts';
export { parseStudy } from './study-file/parse-study.ts';
export {
  numericColumn,
  type RawTable,
  type ReadTableOptions,
  readFeatureParquet,
  readTable,
  writeCsv,
  writeFeatureParquet,
} from './tables/index.ts';
export { checkUnits } from './validate/check-units.ts';
export { patientsOfStudy } from './validate/patients-of-study.ts';
export { type OutcomeColumns, patientsOfTable } from './validate/patients-of-table.ts';
export {
  type AucDifference,
  type ExternalValidation,
  type Recalibration,
  type ValidationPatient,
  validateModel,
} from './validate/validate-model.ts';
export { ENGINE_VERSION, NOTICE } from './version.ts';
