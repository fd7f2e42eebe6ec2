import {
  benjaminiHochberg,
  bonferroni,
  type Counts,
  chiSquare,
  fisherExact,
  hochberg,
  holm,
  mannWhitney,
  shapiroWilk,
  spearman,
  studentT,
  type TTest,
  welchT,
} from '@sentinode/statistics';
import { readCsv, readJson, reference, shared } from '../../locator.ts';
import { type Comparison, closedForm, type Pair } from '../comparison.ts';
import { column } from '../rows.ts';

const R = 'R 4.2.2';
interface RTest {
  readonly t: number;
  readonly df: number;
  readonly p: number;
  readonly ci: number[];
}
interface Wilcoxon {
  readonly W: number;
  readonly p: number | null;
}
/** A test that R refuses ("data are essentially constant", too few values) is written as an empty object. */
const made = <T extends object>(answer: T | null): T | undefined =>
  answer === null || Object.keys(answer).length === 0 ? undefined : answer;
const samples = () =>
  readJson<{
    two: {
      x: number[];
      y: number[] | number;
      student: RTest;
      welch: RTest;
      wilcox_default: Wilcoxon;
      wilcox_corrected: Wilcoxon;
      wilcox_plain: Wilcoxon;
      wilcox_exact: Wilcoxon | null;
    }[];
    shapiro: { x: number[]; w: number; p: number }[];
    spearman: { x: number[]; y: number[]; rho: number; p: number }[];
  }>(reference('statistics', 'samples.json'));
const counts = () =>
  readJson<{
    tables: {
      table: number[][];
      statistic: number;
      df: number;
      p: number;
      yates: number;
      p_yates: number;
      fisher: number;
    }[];
    adjusted: { p: number[]; holm: number[]; hochberg: number[]; bh: number[]; bonferroni: number[] }[];
  }>(reference('statistics', 'counts.json'));
const several = (values: number[] | number): number[] => (typeof values === 'number' ? [values] : values);

function* tPairs(name: string, ours: TTest | undefined, wanted: RTest | undefined): Generator<Pair> {
  yield [`${name} t`, ours?.t, wanted?.t];
  yield [`${name} df`, ours?.df, wanted?.df];
  yield [`${name} p`, ours?.p, wanted?.p];
  yield [`${name} low`, ours?.ci[0], wanted?.ci[0]];
  yield [`${name} high`, ours?.ci[1], wanted?.ci[1]];
}

function* contingency(
  name: string,
  table: Counts,
  wanted: { statistic: number; p: number; yates?: number; p_yates?: number },
): Generator<Pair> {
  const plain = chiSquare(table);
  yield [`${name} chi-square`, plain?.statistic, wanted.statistic];
  yield [`${name} p`, plain?.p, wanted.p];
  if (wanted.yates === undefined) return;
  const corrected = chiSquare(table, { yates: true });
  yield [`${name} Yates`, corrected?.statistic, wanted.yates];
  yield [`${name} Yates p`, corrected?.p, wanted.p_yates];
}

/** Malignant against benign, as R saw them. */
function wdbc() {
  const rows = readCsv(shared('stats', 'lasso', 'wdbc.csv'));
  const target = Object.keys(rows[0]!).at(-1)!;
  const expected = readCsv(shared('stats', 'tests', 'expected_wdbc_univariate.csv'));
  return expected.map((wanted) => {
    const values = column(rows, wanted.feature!);
    const of = (code: string): number[] => values.filter((_, i) => rows[i]![target] === code);
    return {
      name: wanted.feature!,
      wanted,
      values,
      benign: of('1'),
      malignant: of('0'),
      radius: column(rows, 'mean_radius'),
    };
  });
}

export const tests: readonly Comparison[] = [
  {
    statistic: "Student's and Welch's t-test with interval",
    reference: `${R} t.test`,
    data: 'simulated, 2 to 60 a group, constant groups among them',
    ...closedForm,
    *pairs() {
      for (const [k, { x, y, student, welch }] of samples().two.entries()) {
        yield* tPairs(`sample ${k + 1} Student`, studentT(x, several(y)), made(student));
        yield* tPairs(`sample ${k + 1} Welch`, welchT(x, several(y)), made(welch));
      }
    },
  },
  {
    statistic: "Student's and Welch's t-test",
    reference: `${R} t.test`,
    data: 'WDBC, 30 features',
    needs: 'stats',
    ...closedForm,
    *pairs() {
      for (const { name, wanted, benign, malignant } of wdbc()) {
        yield [`${name} t`, welchT(benign, malignant)?.t, wanted.welch_t];
        yield [`${name} Welch p`, welchT(benign, malignant)?.p, wanted.welch_p];
        yield [`${name} Student p`, studentT(benign, malignant)?.p, wanted.student_p];
      }
    },
  },
  {
    statistic: 'Mann-Whitney: exact, with and without continuity correction, R rule (exact below 50)',
    reference: `${R} wilcox.test`,
    data: 'simulated, 1 to 120 a group, ties among them',
    ...closedForm,
    *pairs() {
      for (const [k, sample] of samples().two.entries()) {
        const { x } = sample;
        const y = several(sample.y);
        const name = `sample ${k + 1}`;
        yield [`${name} W`, mannWhitney(x, y).u, sample.wilcox_default.W];
        const exact = made(sample.wilcox_exact);
        if (exact !== undefined) yield [`${name} exact`, mannWhitney(x, y, { exactUpTo: 1000 }).p, exact.p];
        // all values equal: R has no number, ours is 1 by definition
        if (sample.wilcox_plain.p === null) continue;
        yield [`${name} R rule`, mannWhitney(x, y, { exactBelow: 50 }).p, sample.wilcox_default.p];
        yield [`${name} corrected`, mannWhitney(x, y, { exactUpTo: 0 }).p, sample.wilcox_corrected.p];
        yield [
          `${name} plain`,
          mannWhitney(x, y, { exactUpTo: 0, continuity: false }).p,
          sample.wilcox_plain.p,
        ];
      }
    },
  },
  {
    statistic: 'Mann-Whitney with and without continuity correction',
    reference: `${R} wilcox.test`,
    data: 'WDBC, 30 features',
    needs: 'stats',
    ...closedForm,
    *pairs() {
      for (const { name, wanted, benign, malignant } of wdbc()) {
        yield [`${name} W`, mannWhitney(benign, malignant).u, wanted.mwu_W];
        yield [`${name} corrected`, mannWhitney(benign, malignant).p, wanted.mwu_p_cc];
        yield [`${name} plain`, mannWhitney(benign, malignant, { continuity: false }).p, wanted.mwu_p_nocc];
      }
    },
  },
  {
    statistic: 'Shapiro-Wilk W',
    reference: `${R} shapiro.test`,
    data: 'simulated, 3 to 5000 values, ties among them',
    ...closedForm,
    *pairs() {
      for (const { x, w } of samples().shapiro) yield [`n ${x.length}`, shapiroWilk(x)?.w, w];
    },
  },
  {
    statistic: 'Shapiro-Wilk p',
    reference: `${R} shapiro.test`,
    data: 'simulated, 3 to 5000 values, ties among them',
    allowed: 1e-6,
    because: 'p depends on log(1 - W), which R rounds where W is near 1',
    *pairs() {
      // W = 3/4 is the least for n = 3: R gives the rounding of 0, which is no relative reference
      for (const { x, p } of samples().shapiro) if (p > 1e-15) yield [`n ${x.length}`, shapiroWilk(x)?.p, p];
    },
  },
  {
    statistic: 'Shapiro-Wilk W, Spearman rho, adjusted p (BH, Bonferroni, Holm)',
    reference: R,
    data: 'WDBC, 30 features',
    needs: 'stats',
    ...closedForm,
    *pairs() {
      const all = wdbc();
      for (const { name, wanted, values, radius } of all) {
        yield [`${name} W`, shapiroWilk(values)?.w, wanted.shapiro_W_all];
        yield [`${name} rho`, spearman(values, radius)?.rho, wanted.spearman_vs_mean_radius];
      }
      const p = all.map(({ benign, malignant }) => mannWhitney(benign, malignant, { continuity: false }).p);
      for (const [adjust, key] of [
        [benjaminiHochberg, 'bh'],
        [bonferroni, 'bonf'],
        [holm, 'holm'],
      ] as const)
        for (const [k, value] of adjust(p).entries())
          yield [`${key} ${all[k]!.name}`, value, all[k]!.wanted[`${key}_of_mwu_nocc`]];
    },
  },
  {
    statistic: 'Spearman rho and p (t approximation)',
    reference: `${R} cor, formula of SciPy`,
    data: 'simulated, ties among them',
    ...closedForm,
    *pairs() {
      for (const { x, y, rho, p } of samples().spearman) {
        yield ['rho', spearman(x, y)?.rho, rho];
        yield ['p', spearman(x, y)?.p, p];
      }
    },
  },
  {
    statistic: "Pearson's chi-square, with and without Yates' correction",
    reference: `${R} chisq.test`,
    data: '26 tables, 2 x 2 to 5 x 4, sparse ones among them',
    ...closedForm,
    *pairs() {
      for (const [k, one] of counts().tables.entries()) yield* contingency(`table ${k + 1}`, one.table, one);
    },
  },
  {
    statistic: "Fisher's exact test",
    reference: `${R} fisher.test`,
    data: '26 tables, 2 x 2 to 5 x 4, sparse ones among them',
    allowed: 1e-7,
    because: "R's network algorithm adds probabilities in single steps of 1e-7",
    *pairs() {
      for (const [k, { table, fisher }] of counts().tables.entries()) {
        const p = fisherExact(table);
        yield [`table ${k + 1}`, p === 'too-large' ? null : p, fisher];
      }
    },
  },
  {
    statistic: "Pearson's chi-square, Yates, Fisher",
    reference: R,
    data: 'birthwt',
    needs: 'stats',
    allowed: 1e-7,
    because: "R's network algorithm adds probabilities in single steps of 1e-7",
    *pairs() {
      const rows = readCsv(shared('stats', 'logistic', 'birthwt.csv'));
      for (const wanted of readCsv(shared('stats', 'tests', 'expected_birthwt_contingency.csv'))) {
        const levels = [...new Set(rows.map((row) => row[wanted.variable!]!))].sort();
        const table = levels.map((level) =>
          ['0', '1'].map(
            (low) => rows.filter((row) => row[wanted.variable!] === level && row.low === low).length,
          ),
        );
        yield* contingency(wanted.variable!, table, {
          statistic: Number(wanted.chi2),
          p: Number(wanted.p),
          yates: Number(wanted.chi2_yates),
          p_yates: Number(wanted.p_yates),
        });
        const p = fisherExact(table);
        yield [`${wanted.variable} Fisher`, p === 'too-large' ? null : p, wanted.fisher_p];
      }
    },
  },
  {
    statistic: 'Holm, Hochberg, Benjamini-Hochberg, Bonferroni',
    reference: `${R} p.adjust`,
    data: 'families with ties, zeros and ones',
    ...closedForm,
    *pairs() {
      for (const { p, ...wanted } of counts().adjusted) {
        for (const [name, adjust] of [
          ['holm', holm],
          ['hochberg', hochberg],
          ['bh', benjaminiHochberg],
          ['bonferroni', bonferroni],
        ] as const)
          for (const [k, value] of adjust(p).entries()) yield [`${name} ${k}`, value, wanted[name][k]];
      }
    },
  },
];
