export type {
  AgreementSummary,
  ClinicalRegression,
  Cohort,
  CohortEvaluation,
  FlowStep,
  LassoSummary,
  ModelResult,
  NotComputed,
  SelectionResult,
  SelectionStep,
  StudyResults,
} from './results/study-results.ts';
