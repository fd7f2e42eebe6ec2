import { icc } from '@sentinode/statistics';
import { readCsv, readJson, reference, shared } from '../../locator.ts';
import type { Comparison, Pair } from '../comparison.ts';
import { column } from '../rows.ts';

const psych = 'psych 2.2.9 ICC(lmer = FALSE)';
const forms = ['ICC(1,1)', 'ICC(2,1)', 'ICC(3,1)', 'ICC(1,k)', 'ICC(2,k)', 'ICC(3,k)'] as const;
const precision = {
  allowed: 1e-8,
  because: 'quantiles of F with fractional degrees of freedom are found by iteration on both sides',
};

interface Answer {
  readonly value: number;
  readonly f: number;
  readonly p: number;
  readonly low: number;
  readonly high: number;
}
function* compare(name: string, readers: readonly number[][], wanted: readonly Answer[]): Generator<Pair> {
  const ours = icc(readers);
  for (const [k, form] of forms.entries()) {
    const result = ours.find((one) => one.form === form);
    const answer = wanted[k]!;
    yield [`${name} ${form}`, result?.value, answer.value];
    // agreement without error: F is infinite here and the inverse of a rounding error there
    if (answer.f < 1e25) {
      yield [`${name} ${form} F`, result?.f, answer.f];
      yield [`${name} ${form} p`, result?.p, answer.p];
    }
    yield [`${name} ${form} low`, result?.ci?.[0], answer.low];
    yield [`${name} ${form} high`, result?.ci?.[1], answer.high];
  }
}

export const agreement: readonly Comparison[] = [
  {
    statistic: 'ICC, six forms: value, F, p, limits',
    reference: psych,
    data: 'Shrout & Fleiss 1979, wine',
    needs: 'stats',
    ...precision,
    *pairs() {
      const shrout = readCsv(shared('stats', 'icc', 'shrout_fleiss_1979.csv'));
      const wine = readCsv(shared('stats', 'icc', 'pingouin_icc_wine.csv'));
      const judges = [...new Set(wine.map((row) => row.Judge!))];
      const tables = [
        [
          'Shrout & Fleiss',
          ['J1', 'J2', 'J3', 'J4'].map((reader) => column(shrout, reader)),
          'expected_icc.csv',
        ],
        [
          'wine',
          judges.map((judge) =>
            column(
              wine.filter((row) => row.Judge === judge).sort((a, b) => Number(a.Wine) - Number(b.Wine)),
              'Scores',
            ),
          ),
          'expected_icc_wine.csv',
        ],
      ] as const;
      for (const [name, readers, file] of tables) {
        const wanted = readCsv(shared('stats', 'icc', file)).map((row) => ({
          value: Number(row.ICC),
          f: Number(row.F),
          p: Number(row.p),
          low: Number(row['lower.bound']),
          high: Number(row['upper.bound']),
        }));
        yield* compare(name, readers, wanted);
      }
    },
  },
  {
    statistic: 'ICC, six forms: value, F, p, limits',
    reference: psych,
    data: 'simulated: shifted reader, negative values, 3 subjects, no error, large offset',
    ...precision,
    *pairs() {
      const cases = readJson<
        { readers: number[][]; value: number[]; f: number[]; p: number[]; low: number[]; high: number[] }[]
      >(reference('statistics', 'icc.json'));
      for (const [k, { readers, ...wanted }] of cases.entries())
        yield* compare(
          `table ${k + 1}`,
          readers,
          forms.map((_, form) => ({
            value: wanted.value[form]!,
            f: wanted.f[form]!,
            p: wanted.p[form]!,
            low: wanted.low[form]!,
            high: wanted.high[form]!,
          })),
        );
    },
  },
];
