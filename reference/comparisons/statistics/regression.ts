import {
  backwardAic,
  designMatrix,
  dropOne,
  fitFirth,
  fitTerms,
  type LogisticFit,
  likelihoodRatioTest,
  type RegressionTerm,
  rileySampleSize,
} from '@sentinode/statistics';
import { readCsv, readJson, reference, shared } from '../../locator.ts';
import { type Comparison, closedForm, type Pair } from '../comparison.ts';
import { binary, column, quantities } from '../rows.ts';
import { type RCoefficient, simulatedModels, termsOf } from './simulated-models.ts';

const R = 'R 4.2.2 glm';
const iterative = { allowed: 1e-8, because: "R's own fit stops at 1e-10 of the deviance" } as const;
/** Published tables of `learning`, fitted to 1e-10 of the deviance. */
const loose = {
  allowed: 1e-6,
  because: "errors and p of R's fit lag one iteration behind its coefficients",
} as const;

const continuous = (name: string, values: readonly number[]): RegressionTerm => ({
  name,
  kind: 'continuous',
  values,
});

function* coefficients(
  name: string,
  fit: Pick<LogisticFit, 'rows'>,
  wanted: readonly RCoefficient[],
): Generator<Pair> {
  const rows = fit.rows.filter((row) => row.coefficient !== null);
  yield [`${name} coefficients`, rows.length, wanted.length];
  for (const [k, { term, ...answer }] of wanted.entries()) {
    const row = rows[k]!;
    yield [`${name} ${term}`, row.coefficient, answer.estimate];
    yield [`${name} ${term} SE`, row.se, answer.se];
    yield [`${name} ${term} p`, row.p, answer.p];
    yield [`${name} ${term} low`, row.ci?.[0], answer.low];
    yield [`${name} ${term} high`, row.ci?.[1], answer.high];
  }
}
const answersOf = (file: string): RCoefficient[] =>
  readCsv(reference('learning', 'models', file)).map((row) => ({
    term: row.term!,
    estimate: Number(row.estimate),
    se: Number(row.se),
    p: Number(row.p),
    low: Number(row.lower),
    high: Number(row.upper),
  }));

/** Clinical table of `learning`; subtype is hr x her2. */
function clinical(): { terms: (names: readonly string[]) => RegressionTerm[]; outcomes: (0 | 1)[] } {
  const rows = readCsv(reference('learning', 'clinical.csv'));
  const factors: Record<string, string[]> = {
    subtype: ['luminal', 'HR+HER2+', 'HER2', 'TN'],
    ct: ['T1', 'T2', 'T3', 'T4'],
    cn: ['N1', 'N2', 'N3'],
  };
  return {
    outcomes: binary(column(rows, 'y')),
    terms: (names) =>
      names.map((name): RegressionTerm => {
        const levels = factors[name];
        return levels === undefined
          ? continuous(name, column(rows, name))
          : { name, kind: 'factor', levels, reference: levels[0]!, values: rows.map((row) => row[name]!) };
      }),
  };
}

const eliminations = {
  aliased: ['age', 'menopause', 'hr', 'her2', 'subtype', 'ki67', 'ct', 'cn', 'score'],
  subtype: ['age', 'menopause', 'subtype', 'ki67', 'ct', 'cn', 'score'],
  without_score: ['age', 'menopause', 'hr', 'her2', 'ki67', 'ct', 'cn'],
} as const;

interface FirthAnswer {
  readonly firth_coef: Record<string, number>;
  readonly firth_se_inverse_information: Record<string, number>;
  readonly firth_penalised_loglik: number;
  readonly profile_penalised_ci_lower: (number | null)[];
  readonly profile_penalised_ci_upper: (number | null)[];
  readonly profile_penalised_p: (number | null)[];
}

export const regression: readonly Comparison[] = [
  {
    statistic:
      'Logistic regression: coefficients, errors, Wald p and limits; deviance, AIC; likelihood ratio; each term dropped',
    reference: R,
    data: 'two simulated cohorts with a factor',
    ...iterative,
    *pairs() {
      for (const [k, { data, ...wanted }] of simulatedModels().models.entries()) {
        const terms = termsOf(data, ['age', 'grade', 'er', 'ki67', 'noise']);
        const fit = fitTerms(terms, data.y);
        yield* coefficients(`cohort ${k + 1}`, fit, wanted.coefficients);
        yield ['deviance', fit.deviance, wanted.deviance];
        yield ['AIC', fit.aic, wanted.aic];
        yield ['overall likelihood ratio', fit.overall?.statistic, wanted.null_deviance - wanted.deviance];
        const test = likelihoodRatioTest(fit, fitTerms(termsOf(data, ['er', 'ki67']), data.y));
        yield ['likelihood ratio', test.statistic, wanted.lr.statistic];
        yield ['df', test.df, wanted.lr.df];
        yield ['p', test.p, wanted.lr.p];
        for (const [t, dropped] of dropOne(terms, data.y, fit).entries()) {
          const answer = wanted.drop1[t]!;
          yield [`without ${answer.term} AIC`, dropped.aic, answer.aic];
          yield [`without ${answer.term} p`, dropped.p, answer.p];
        }
      }
    },
  },
  {
    statistic: 'Logistic regression: coefficients, errors, odds ratios, limits, deviance, AIC',
    reference: R,
    data: 'birthwt, spector',
    needs: 'stats',
    ...loose,
    *pairs() {
      const rows = readCsv(shared('stats', 'logistic', 'birthwt.csv'));
      const expected = readCsv(shared('stats', 'logistic', 'expected_birthwt_glm.csv'));
      const terms = expected.slice(1).map((wanted) => {
        const race = /^factor\(race\)(\d)$/.exec(wanted.term!);
        return continuous(
          wanted.term!,
          race === null ? column(rows, wanted.term!) : rows.map((row) => (row.race === race[1] ? 1 : 0)),
        );
      });
      const fit = fitTerms(terms, binary(column(rows, 'low')));
      for (const [k, wanted] of expected.entries()) {
        const row = fit.rows[k]!;
        yield [wanted.term!, row.coefficient, wanted.estimate];
        yield [`${wanted.term} SE`, row.se, wanted.se];
        yield [`${wanted.term} OR`, row.oddsRatio, wanted.or];
        yield [`${wanted.term} p`, row.p, wanted.p];
        yield [`${wanted.term} low`, row.ci?.[0], Math.exp(Number(wanted.wald_low))];
        yield [`${wanted.term} high`, row.ci?.[1], Math.exp(Number(wanted.wald_high))];
      }
      const summary = quantities(readCsv(shared('stats', 'logistic', 'expected_birthwt_summary.csv')));
      yield ['deviance', fit.deviance, summary.residual_deviance];
      yield ['AIC', fit.aic, summary.AIC];
      const spector = readCsv(shared('stats', 'logistic', 'spector.csv'));
      const wanted = readCsv(shared('stats', 'logistic', 'expected_spector_glm.csv'));
      const outcome = Object.keys(spector[0]!).find((name) => name.toUpperCase() === 'GRADE')!;
      const small = fitTerms(
        wanted.slice(1).map((row) => continuous(row.term!, column(spector, row.term!))),
        binary(column(spector, outcome)),
      );
      for (const [k, answer] of wanted.entries()) {
        yield [`spector ${answer.term}`, small.rows[k]!.coefficient, answer.estimate];
        yield [`spector ${answer.term} SE`, small.rows[k]!.se, answer.se];
      }
    },
  },
  {
    statistic: 'Univariable logistic regressions with likelihood-ratio tests',
    reference: R,
    data: 'simulated clinical table, 9 predictors',
    ...loose,
    *pairs() {
      const { terms, outcomes } = clinical();
      const expected = readCsv(reference('learning', 'models', 'univariable.csv'));
      for (const name of eliminations.aliased) {
        const wanted = expected.filter((row) => row.predictor === name);
        const fit = fitTerms(terms([name]), outcomes);
        for (const [k, row] of wanted.entries()) {
          yield [`${row.term}`, fit.rows[k]!.coefficient, row.estimate];
          yield [`${row.term} SE`, fit.rows[k]!.se, row.se];
          yield [`${row.term} OR`, fit.rows[k]!.oddsRatio, row.OR];
          yield [`${row.term} low`, fit.rows[k]!.ci?.[0], row.lower];
          yield [`${row.term} high`, fit.rows[k]!.ci?.[1], row.upper];
        }
        yield [`${name} LR`, fit.overall?.statistic, wanted[0]!.LRT];
        yield [`${name} df`, fit.overall?.df, wanted[0]!.LRT_df];
        yield [`${name} LR p`, fit.overall?.p, wanted[0]!.LRT_p];
      }
    },
  },
  {
    statistic:
      'Backward elimination by AIC with whole factors and aliased terms: every candidate of every step, final model',
    reference: 'R 4.2.2 step, drop1',
    data: 'simulated clinical table (subtype aliased with hr and her2), simulated cohorts',
    ...loose,
    *pairs() {
      const { terms, outcomes } = clinical();
      for (const [tag, names] of Object.entries(eliminations)) {
        const elimination = backwardAic(terms(names), outcomes);
        const trace = readCsv(reference('learning', 'models', `step_${tag}_trace.csv`));
        const number = (text: string | undefined) =>
          text === undefined || text.trim() === 'NA' ? null : Number(text);
        for (const [k, step] of elimination.steps.entries()) {
          const rows = trace.filter((row) => Number(row.step) === k + 1);
          yield [`${tag} step ${k + 1} candidates`, step.candidates.length, rows.length - 1];
          yield [`${tag} step ${k + 1} AIC`, step.aic, rows[0]!.AIC];
          for (const candidate of step.candidates) {
            const row = rows.find((one) => one.removed === candidate.term);
            yield [`${tag} - ${candidate.term} df`, candidate.df, number(row?.df)];
            yield [`${tag} - ${candidate.term} deviance`, candidate.deviance, number(row?.deviance)];
            yield [`${tag} - ${candidate.term} AIC`, candidate.aic, number(row?.AIC)];
          }
        }
        yield* coefficients(tag, elimination.fit, answersOf(`step_${tag}_coefficients.csv`));
      }
      yield* coefficients(
        'full, aliased',
        fitTerms(terms(eliminations.aliased), outcomes),
        answersOf('full_aliased_coefficients.csv'),
      );
      for (const [k, { data, backward }] of simulatedModels().models.entries()) {
        const ours = backwardAic(termsOf(data, ['age', 'grade', 'er', 'ki67', 'noise']), data.y);
        yield [`cohort ${k + 1} kept`, ours.kept.length, [backward.kept].flat().length];
        yield [`cohort ${k + 1} AIC`, ours.fit.aic, backward.aic];
        yield* coefficients(`cohort ${k + 1}`, ours.fit, backward.coefficients);
      }
    },
  },
  {
    statistic: "Firth's regression: coefficients, errors",
    reference: 'brglm2 0.9 (R 4.2.2), MPL_Jeffreys and AS_mean',
    data: 'complete and quasi-complete separation, clinical tables',
    allowed: 1e-6,
    because: 'brglm2 stops earlier where the likelihood is flat',
    *pairs() {
      const { models, firth } = simulatedModels();
      for (const [k, { data, firth: wanted }] of models.entries()) {
        const fit = fitFirth(
          designMatrix(termsOf(data, ['age', 'grade', 'er', 'ki67', 'noise']), data.y.length),
          data.y,
          'wald',
        );
        for (const [j, row] of fit.rows.entries()) {
          yield [`cohort ${k + 1} ${row.term}`, row.coefficient, wanted.coefficients[j]];
          yield [`cohort ${k + 1} ${row.term} SE`, row.se, wanted.se[j]];
        }
      }
      for (const [name, { y, x, ...wanted }] of Object.entries(firth)) {
        const fit = fitFirth(designMatrix([continuous('x', x)], y.length), y, 'wald');
        for (const [j, row] of fit.rows.entries()) {
          yield [`${name} ${row.term}`, row.coefficient, wanted.coefficients[j]];
          yield [`${name} ${row.term} SE`, row.se, wanted.se[j]];
        }
      }
      const { terms, outcomes } = clinical();
      const fit = fitFirth(
        designMatrix(terms(['age', 'her2', 'hr', 'ki67', 'score']), outcomes.length),
        outcomes,
        'wald',
      );
      for (const [j, wanted] of readCsv(reference('learning', 'models', 'firth_clinical.csv')).entries()) {
        yield [wanted.term!, fit.rows[j]!.coefficient, wanted.estimate];
        yield [`${wanted.term} SE`, fit.rows[j]!.se, wanted.se];
      }
    },
  },
  {
    statistic: "Firth's regression: penalised likelihood, profile limits and p",
    reference: 'own R and Python code of the reference data, where both agree',
    data: 'complete and quasi-complete separation',
    allowed: 2e-6,
    because: 'both references agree to 1e-6 and search numerically',
    *pairs() {
      const rows = readCsv(reference('learning', 'separation.csv'));
      const outcomes = binary(column(rows, 'y'));
      const answers = readJson<Record<string, FirthAnswer>>(
        reference('learning', 'models', 'separation_firth.json'),
      );
      for (const [model, wanted] of Object.entries(answers)) {
        const terms = model.split('+').map((name) => continuous(name, column(rows, name)));
        const fit = fitFirth(designMatrix(terms, outcomes.length), outcomes);
        yield [`${model} log-likelihood`, fit.penalisedLogLikelihood, wanted.firth_penalised_loglik];
        for (const [j, row] of fit.rows.entries()) {
          yield [`${model} ${row.term}`, row.coefficient, wanted.firth_coef[row.term]];
          yield [`${model} ${row.term} SE`, row.se, wanted.firth_se_inverse_information[row.term]];
          const {
            profile_penalised_ci_lower: low,
            profile_penalised_ci_upper: high,
            profile_penalised_p: p,
          } = wanted;
          if (low[j] !== null && high[j] !== null) {
            yield [`${model} ${row.term} low`, Math.log(row.ci![0]), low[j]];
            yield [`${model} ${row.term} high`, Math.log(row.ci![1]), high[j]];
          }
          if (p[j] !== null) yield [`${model} ${row.term} p`, row.p, p[j]];
        }
      }
    },
  },
  {
    statistic: 'Likelihood-ratio test of nested models',
    reference: R,
    data: 'two models of df_binary',
    needs: 'stats',
    allowed: 1e-6,
    because: "R's default epsilon of 1e-8",
    *pairs() {
      const rows = readCsv(shared('stats', 'calibration', 'df_binary_two_models.csv'));
      const wanted = quantities(readCsv(shared('stats', 'calibration', 'expected_lr_test.csv')));
      const outcomes = binary(column(rows, 'y'));
      const logit = (name: string) => column(rows, name).map((p) => Math.log(p / (1 - p)));
      const [base, wider] = ['p_base', 'p_new'].map((name) =>
        fitTerms([continuous(name, logit(name))], outcomes),
      );
      // the two models were fitted on these rows, so their recalibration is the identity and their deviances are these
      const statistic = base!.deviance - wider!.deviance;
      yield ['statistic', statistic, wanted.lr_chi2];
    },
  },
  {
    statistic: "Sample size, Riley's three criteria",
    reference: 'pmsampsize 0.1.0 (Python), formulas unrounded',
    data: 'six cases, one published (662)',
    ...closedForm,
    *pairs() {
      const { cases } = readJson<{ cases: SampleSizeCase[] }>(
        reference('learning', 'models', 'sample_size.json'),
      );
      for (const one of cases) {
        const { prevalence, parameters, shrinkage, formula_r2_cox_snell } = one;
        const ours = rileySampleSize({
          prevalence,
          parameters,
          shrinkage,
          fit: { coxSnellR2: formula_r2_cox_snell },
        });
        const name = `${prevalence}, ${parameters}`;
        yield [`${name} largest R2`, ours.maxCoxSnellR2, one.max_r2_cox_snell];
        for (const [k, n] of ours.criteria.entries()) {
          yield [`${name} criterion ${k + 1}`, n, one.formula_n_unrounded[k]];
          yield [`${name} criterion ${k + 1} rounded`, Math.ceil(n), one.pmsampsize_n[k]];
        }
        yield [`${name} n`, ours.n, one.pmsampsize_final];
        if (one.r2_cox_snell_by_quadrature_instead_of_simulation !== undefined) {
          const fromAuc = rileySampleSize({ prevalence, parameters, fit: { cStatistic: one.cstatistic! } });
          yield [
            `${name} R2 of the AUC`,
            fromAuc.coxSnellR2,
            one.r2_cox_snell_by_quadrature_instead_of_simulation,
          ];
        }
      }
    },
  },
];

interface SampleSizeCase {
  readonly prevalence: number;
  readonly parameters: number;
  readonly shrinkage?: number;
  readonly cstatistic?: number;
  readonly pmsampsize_n: number[];
  readonly pmsampsize_final: number;
  readonly formula_n_unrounded: number[];
  readonly formula_r2_cox_snell: number;
  readonly max_r2_cox_snell: number;
  readonly r2_cox_snell_by_quadrature_instead_of_simulation?: number;
}
