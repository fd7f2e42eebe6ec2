import type { ScoreEvaluation, TableEvaluation } from '@sentinode/study';
import { interval, number, pValue } from '../../terminal/numbers.ts';
import { textTable } from '../../terminal/text-table.ts';

interface Ranged {
  readonly value: number | null;
  readonly ci: readonly [number, number] | null;
}
const ranged = ({ value, ci }: Ranged): string =>
  value === null ? '–' : ci === null ? number(value) : `${number(value)} (${interval(ci)})`;

type Section = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** The evaluation as tables for a terminal. */
export function readable(result: TableEvaluation): string {
  const scores = Object.entries(result.scores);
  const excluded =
    result.excluded === 0 ? '' : `, ${result.excluded} rows left out (missing outcome, score or centre)`;
  const sections = [
    discrimination(scores),
    probabilities(scores),
    atRates(scores),
    atPrevalences(scores),
    centres(scores),
    comparisons(result),
  ].filter((section) => section.rows.length > 0);
  return [
    `${result.n} patients, ${result.events} with ${result.outcome} = ${result.positive}${excluded}. ${result.notice}`,
    ...sections.flatMap(({ header, rows }) => ['', textTable(header, rows)]),
    '',
    'AUC: DeLong interval. Rates: Wilson interval at the threshold (score >= threshold). PPV and NPV at another prevalence: logit interval.',
    ...scores.flatMap(([name, score]) => [
      ...score.notComputed.map((reason) => `Not computed for ${name}: ${reason}.`),
      ...score.remarks.map((remark) => `${name}: ${remark}.`),
    ]),
    ...cautions(result),
  ].join('\n');
}

type Scores = readonly (readonly [string, ScoreEvaluation])[];

const discrimination = (scores: Scores): Section => ({
  header: [
    'score',
    'AUC (95 % CI)',
    'threshold',
    'sensitivity',
    'specificity',
    'PPV',
    'NPV',
    'accuracy',
    'F1',
  ],
  rows: scores.map(([name, score]) => [
    name,
    ranged({ value: score.auc, ci: score.ci }),
    number(score.threshold),
    ...[score.sensitivity, score.specificity, score.ppv, score.npv, score.accuracy, score.f1].map(ranged),
  ]),
});

const probabilities = (scores: Scores): Section => ({
  header: ['probability', 'slope', 'intercept', 'in the large', 'Brier', 'log loss', 'Emax', 'E50', 'E90'],
  rows: scores.flatMap(([name, { calibration, probability }]) =>
    probability === null
      ? []
      : [
          [
            name,
            ...(calibration === null
              ? ['–', '–', '–']
              : [calibration.slope, calibration.intercept, calibration.inTheLarge].map(ranged)),
            number(probability.brier),
            number(probability.logLoss),
            ...(calibration === null
              ? ['–', '–', '–']
              : [calibration.eMax, calibration.e50, calibration.e90].map(number)),
          ],
        ],
  ),
});

const atRates = (scores: Scores): Section => ({
  header: ['score', 'asked for', 'threshold', 'sensitivity', 'specificity', 'specificity, bootstrap'],
  rows: scores.flatMap(([name, { thresholdsAt }]) =>
    thresholdsAt.map((at) => [
      name,
      `${at.target.measure} ${at.target.value}`,
      at.threshold === null
        ? 'none: only calling everybody the same'
        : ranged({ value: at.threshold, ci: at.bootstrap.threshold }),
      ranged(at.sensitivity),
      ranged(at.specificity),
      interval(at.bootstrap.specificity),
    ]),
  ),
});

const atPrevalences = (scores: Scores): Section => ({
  header: ['score', 'prevalence', 'PPV', 'NPV', 'net benefit'],
  rows: scores.flatMap(([name, score]) =>
    score.atPrevalence.map((at) => [
      name,
      number(at.prevalence),
      ranged(at.ppv),
      ranged(at.npv),
      at.netBenefit === null ? '–' : number(at.netBenefit),
    ]),
  ),
});

const centres = (scores: Scores): Section => ({
  header: ['score', 'centre', 'n', 'events', 'AUC (95 % CI)'],
  rows: scores.flatMap(([name, { byCentre }]) =>
    byCentre === null
      ? []
      : [
          ...byCentre.centres.map((row) => [
            name,
            row.centre,
            String(row.n),
            String(row.events),
            row.auc === null ? '– (one outcome)' : ranged({ value: row.auc.auc, ci: row.auc.ci }),
          ]),
          ...(byCentre.within === null
            ? []
            : [
                [
                  name,
                  'within centres',
                  String(byCentre.n),
                  String(byCentre.events),
                  ranged({ value: byCentre.within.auc, ci: byCentre.within.ci }),
                ],
              ]),
        ],
  ),
});

const comparisons = ({ delong, comparisons: further }: TableEvaluation): Section => ({
  header: [
    'a – b',
    'AUC difference',
    'DeLong z',
    'p',
    'p (Holm)',
    'bootstrap p',
    'percentile p',
    'McNemar p',
  ],
  rows: delong.map((test, k) => [
    `${test.a} – ${test.b}`,
    ranged({ value: test.difference, ci: test.ci }),
    test.z === null ? '–' : number(test.z),
    pValue(test.p),
    pValue(test.pHolm),
    pValue(further[k]!.auc.normal.p),
    pValue(further[k]!.auc.percentile.p),
    pValue(further[k]!.calls.mcnemar.accuracy.exact),
  ]),
});

function cautions({ comparisons: further }: TableEvaluation): string[] {
  const first = further.find((one) => one.reclassification !== null)?.reclassification;
  if (first === undefined || first === null) return [];
  return [
    ...further.flatMap(({ a, b, reclassification, reclassificationContinuous: continuous }) =>
      reclassification === null || continuous === null
        ? []
        : [
            `${b} against ${a}: NRI ${ranged(reclassification.nri)}, IDI ${ranged(reclassification.idi)} (${reclassification.method}).`,
            ...(continuous.method === reclassification.method
              ? []
              : [`${b} against ${a}: continuous NRI ${ranged(continuous.nri)} (${continuous.method}).`]),
          ],
    ),
    first.caution,
  ];
}
