export type {
  AucResult,
  BaselineRow,
  CalibrationGroup,
  CalibrationResult,
  CoefficientRow,
  ConfusionResult,
  DecisionCurve,
  DelongResult,
  Estimate,
  Proportion,
  RocCurve,
  YoudenResult,
} from './results.ts';
