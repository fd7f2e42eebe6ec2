import type { DeclaredStep } from '@sentinode/learning';
import type { StudyResults } from '../results/study-results.ts';
import type { Study } from '../study-file/options.ts';

/** What a profile decides. One folder-less entry each in `profiles/index.ts`; the engine asks, it never knows a name. */
export interface Profile {
  readonly name: 'published' | 'defensible';
  /** Whether a random split keeps the outcome shares when the study file does not say. */
  readonly stratify: boolean;
  /** Selection where the study file lists none. */
  readonly selection: readonly DeclaredStep[];
  /** Whether the settings of a classifier's grid are compared; else its settings are those declared. */
  readonly tune: boolean;
  /** How one of several classifiers is chosen. */
  readonly choose: 'inner-cv' | 'validation-auc';
  /** Which training probabilities the cut-off is chosen on. */
  readonly threshold: 'apparent' | 'out-of-fold';
  /** Whether the whole pipeline is cross-validated and bootstrapped. */
  readonly resample: boolean;
  /** Correction of the DeLong p values of a cohort. */
  readonly correction: 'holm' | null;
  /** Known weak points, each where it acts in this study. */
  readonly weaknesses: (study: Study) => StudyResults['weaknesses'];
}
