import {
  fitTerms,
  pooledLikelihoodRatio,
  pooledTest,
  poolLogistic,
  poolRubin,
  type RegressionTerm,
} from '@sentinode/statistics';
import { nearestDonors } from '../../../packages/statistics/src/imputation/donors.ts';
import { fitLinear, linearDrawAt } from '../../../packages/statistics/src/imputation/linear-model.ts';
import {
  augmented,
  fitMultinomial,
  multinomialDrawAt,
} from '../../../packages/statistics/src/imputation/multinomial.ts';
import { readJson, reference } from '../../locator.ts';
import { type Comparison, closedForm, type Pair } from '../comparison.ts';

/** What `generate/imputation.R` wrote. */
interface Answers {
  readonly rubin: readonly (Record<'qbar' | 'ubar' | 'b' | 't' | 'df' | 'riv' | 'lambda' | 'fmi', number> & {
    readonly q: number[];
    readonly u: number[];
    readonly dfcom: number | null;
  })[];
  readonly logistic: {
    readonly y: (0 | 1)[];
    readonly sets: readonly { age: number[]; er: number[]; ki: number[]; grade: string[] }[];
    readonly pooled: readonly Record<string, number>[];
    readonly d3: readonly { term: string; statistic: number; df1: number; df2: number; p: number }[];
  };
  readonly linear: readonly {
    x: number[][];
    y: number[];
    z: number[];
    chi: number;
    df: number;
    coef: number[];
    sigma: number;
    beta: number[];
  }[];
  readonly factorial: readonly {
    x: number[][];
    code: number[];
    missing: number[];
    levels: number;
    z: number[];
    coef: number[];
    se: number[];
    beta: number[] | null;
  }[];
  readonly donors: readonly { observed: number[]; targets: number[]; count: number; sets: number[][] }[];
}

const answers = readJson<Answers>(reference('statistics', 'imputation.json'));
const tool = 'mice 3.15.0 (R 4.2.2)';
const simulated = 'simulated, `statistics/imputation.json`';

function* rubinPairs(): Generator<Pair> {
  for (const [index, { q, u, dfcom, ...expected }] of answers.rubin.entries()) {
    const pooled = poolRubin(q, u, dfcom ?? Number.POSITIVE_INFINITY);
    const ours = {
      ...pooled,
      qbar: pooled.estimate,
      ubar: pooled.within,
      b: pooled.between,
      t: pooled.total,
    };
    for (const name of ['qbar', 'ubar', 't', 'df', 'riv', 'lambda', 'fmi'] as const)
      yield [`case ${index} ${name}`, ours[name], expected[name]];
    // a variance of equal estimates is rounding in both programs
    yield [`case ${index} b`, ours.b < 1e-25 ? 0 : ours.b, expected.b < 1e-25 ? 0 : expected.b];
  }
}

const terms = answers.logistic.sets.map((set): RegressionTerm[] => [
  { name: 'age', kind: 'continuous', values: set.age },
  { name: 'er', kind: 'continuous', values: set.er },
  { name: 'ki', kind: 'continuous', values: set.ki },
  { name: 'grade', kind: 'factor', levels: ['G1', 'G2', 'G3'], reference: 'G1', values: set.grade },
]);
const modelOf = (without?: string) => {
  const own = terms.map((set) => set.filter(({ name }) => name !== without));
  return { terms: own, fits: own.map((set) => fitTerms(set, answers.logistic.y)) };
};

function* logisticPairs(): Generator<Pair> {
  const pooled = poolLogistic(modelOf().fits);
  for (const [j, expected] of answers.logistic.pooled.entries()) {
    const { row, pooled: own } = pooled[j]!;
    const { ci } = pooledTest(own!);
    const ours = { ...own!, ubar: own!.within, b: own!.between, t: own!.total, se: row.se, statistic: row.z };
    for (const name of [
      'estimate',
      'ubar',
      'b',
      't',
      'df',
      'riv',
      'lambda',
      'fmi',
      'se',
      'statistic',
    ] as const)
      yield [`${row.term} ${name}`, ours[name], expected[name]];
    yield [`${row.term} p`, row.p, expected.p];
    yield [`${row.term} low`, ci[0], expected.low];
    yield [`${row.term} high`, ci[1], expected.high];
  }
}

function* d3Pairs(): Generator<Pair> {
  for (const expected of answers.logistic.d3) {
    const test = pooledLikelihoodRatio(modelOf(), modelOf(expected.term), answers.logistic.y);
    yield [`${expected.term} statistic`, test.statistic, expected.statistic];
    yield [`${expected.term} df1`, test.df, expected.df1];
    yield [`${expected.term} df2`, test.df2, expected.df2];
    yield [`${expected.term} p`, test.p, expected.p];
  }
}

function* linearPairs(): Generator<Pair> {
  for (const [index, one] of answers.linear.entries()) {
    const columns = [
      new Float64Array(one.y.length).fill(1),
      ...one.x.map((column) => Float64Array.from(column)),
    ];
    const model = fitLinear(columns, one.y);
    const drawn = linearDrawAt(model, one.chi, one.z);
    yield [`case ${index} df`, model.df, one.df];
    yield [`case ${index} sigma`, drawn.sigma, one.sigma];
    for (const [j, value] of one.coef.entries()) {
      yield [`case ${index} coefficient ${j}`, model.coefficients[j], value];
      yield [`case ${index} drawn ${j}`, drawn.coefficients[j], one.beta[j]];
    }
  }
}

function* factorialPairs(two: boolean): Generator<Pair> {
  for (const [index, one] of answers.factorial.entries()) {
    if ((one.levels === 2) !== two) continue;
    const known = one.code.map((_, row) => row).filter((row) => !one.missing.includes(row));
    const rows = augmented(
      one.x.map((column) => Float64Array.from(column)),
      one.code,
      one.levels,
      known,
    );
    const model = fitMultinomial(rows, one.levels);
    const drawn = multinomialDrawAt(model, one.z);
    const size = model.coefficients.length;
    for (const [j, value] of one.coef.entries()) {
      yield [`case ${index} coefficient ${j}`, model.coefficients[j], value];
      if (one.beta !== null) yield [`case ${index} drawn ${j}`, drawn[j], one.beta[j]];
      const own = model.spread.slice(j * size, j * size + j + 1);
      yield [
        `case ${index} error ${j}`,
        Math.sqrt(own.reduce((sum, root) => sum + root * root, 0)),
        one.se[j],
      ];
    }
  }
}

function* donorPairs(): Generator<Pair> {
  for (const { observed, targets, count, sets } of answers.donors) {
    const order = observed.map((_, row) => row).sort((a, b) => observed[a]! - observed[b]!);
    const sorted = order.map((row) => observed[row]!);
    for (const [index, target] of targets.entries()) {
      const own = nearestDonors(sorted, target, count)
        .map((position) => order[position]!)
        .sort((a, b) => a - b);
      yield ['number of donors', own.length, sets[index]!.length];
      for (const [j, row] of sets[index]!.entries()) yield [`donor of ${target}`, own[j], row];
    }
  }
}

/** Multiple imputation: pooling, and the parts of the imputation models that are a function of the random numbers. */
export const imputation: readonly Comparison[] = [
  {
    statistic: "Rubin's rules: estimate, variances, Barnard-Rubin df, riv, lambda, fmi",
    reference: `pool.scalar of ${tool}`,
    data: simulated,
    ...closedForm,
    pairs: rubinPairs,
  },
  {
    statistic: 'pooled logistic regression with tests and intervals',
    reference: `pool and summary of ${tool}`,
    data: simulated,
    allowed: 1e-7,
    because: 'the fits of R stop at a change of the deviance of 1e-14; variances between fits amplify it',
    pairs: logisticPairs,
  },
  {
    statistic: 'pooled likelihood-ratio test (Meng and Rubin)',
    reference: `D3 of ${tool}`,
    data: simulated,
    allowed: 1e-6,
    because: 'differences of nearly equal deviances; the constrained fits of R stop at 1e-8',
    pairs: d3Pairs,
  },
  {
    statistic: 'linear imputation model and its posterior draw for given random numbers',
    reference: `estimice and .norm.draw of ${tool}`,
    data: simulated,
    ...closedForm,
    pairs: linearPairs,
  },
  {
    statistic: 'logistic imputation model with pseudo-observations and its draw for given random numbers',
    reference: `augment, glm.fit and mice.impute.logreg of ${tool}`,
    data: simulated,
    allowed: 1e-7,
    because: 'the covariance of glm.fit has the weights of the iteration before the last',
    pairs: () => factorialPairs(true),
  },
  {
    statistic: 'multinomial imputation model with pseudo-observations and its standard errors',
    reference: 'augment of mice 3.15.0, multinom of nnet (R 4.2.2)',
    data: simulated,
    allowed: 1e-4,
    because: 'multinom stops early (BFGS without a tight limit on the gradient)',
    pairs: () => factorialPairs(false),
  },
  {
    statistic: 'donor sets of predictive mean matching',
    reference: `matchindex of ${tool}, 3,000 draws`,
    data: simulated,
    allowed: 0,
    because: 'the same rows',
    pairs: donorPairs,
  },
];
