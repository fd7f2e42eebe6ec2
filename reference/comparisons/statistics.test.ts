import { testComparisons } from './comparison.ts';
import { agreement } from './statistics/agreement.ts';
import { calibrationAndUse } from './statistics/calibration.ts';
import { classification } from './statistics/classification.ts';
import { imputation } from './statistics/imputation.ts';
import { regression } from './statistics/regression.ts';
import { roc } from './statistics/roc.ts';
import { tests } from './statistics/tests.ts';
import { validation } from './statistics/validation.ts';

testComparisons(
  'Statistics beside R and scikit-learn',
  new URL('../../docs/reference/compared-statistics.md', import.meta.url).pathname,
  [
    ...roc,
    ...classification,
    ...tests,
    ...agreement,
    ...regression,
    ...imputation,
    ...calibrationAndUse,
    ...validation,
  ],
);
