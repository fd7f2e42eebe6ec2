import { testComparisons } from './comparison.ts';
import { classifiers } from './learning/classifiers.ts';
import { selectors } from './learning/selectors.ts';
import { steps } from './learning/steps.ts';

testComparisons(
  'Estimators beside scikit-learn, LightGBM, SciPy, glmnet and caret',
  new URL('../../docs/reference/compared-estimators.md', import.meta.url).pathname,
  [...classifiers, ...steps, ...selectors],
);
