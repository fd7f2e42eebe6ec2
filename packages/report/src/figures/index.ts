import { agreement } from './agreement/index.ts';
import { auc } from './auc/index.ts';
import { calibration } from './calibration/index.ts';
import { coefficients } from './coefficients/index.ts';
import { confusionMatrices } from './confusion/index.ts';
import { correlation } from './correlation/index.ts';
import { decisionBand } from './decision-band/index.ts';
import { decisionCurve } from './decision-curve/index.ts';
import { delongMatrix } from './delong-matrix/index.ts';
import type { Figure } from './figure.ts';
import { flowchart } from './flowchart/index.ts';
import { interventionsAvoided } from './interventions-avoided/index.ts';
import { lasso } from './lasso/index.ts';
import { nomogram } from './nomogram/index.ts';
import { roc } from './roc/index.ts';
import { rocBand } from './roc-band/index.ts';
import { scoreDistribution } from './score-distribution/index.ts';
import { selection } from './selection/index.ts';
import { stability } from './stability/index.ts';
import { subgroups } from './subgroups/index.ts';
import { variance } from './variance/index.ts';
import { waterfall } from './waterfall/index.ts';

/** All figures, in the order of the report. */
export const figures: readonly Figure[] = [
  flowchart,
  agreement,
  selection,
  lasso,
  variance,
  correlation,
  coefficients,
  nomogram,
  roc,
  rocBand,
  auc,
  delongMatrix,
  scoreDistribution,
  waterfall,
  confusionMatrices,
  subgroups,
  stability,
  calibration,
  decisionCurve,
  decisionBand,
  interventionsAvoided,
];
