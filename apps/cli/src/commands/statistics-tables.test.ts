import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasShared, readCsv, reference, shared } from '../../../../reference/locator.ts';
import { filesUnder, inFolder, sentinode } from '../testing/command.ts';

interface Row {
  readonly variable: string;
  readonly test: string | null;
  readonly p: number;
  readonly statistic: number | null;
  readonly levels: { level: string; counts: number[] }[];
}
const table1 = (args: readonly string[], folder?: string): Row[] => {
  const { code, out, err } = sentinode(['table1', ...args, '--json', '--quiet'], folder);
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out);
};

describe('table1', () => {
  it('gives the p values of the published Table 1, menopause as its counts have it', () =>
    inFolder((folder) => {
      const rows = readCsv(reference('paper', 'table1.csv'));
      const variables = [...new Set(rows.map((row) => row.variable!))].filter(
        (name) => name !== 'n' && !name.startsWith('age'),
      );
      // one row per patient: each variable filled in the order of its levels, so that every margin is the printed one
      const columns = variables.map((variable) =>
        (['non_apcr', 'apcr'] as const).flatMap((group) =>
          rows
            .filter((row) => row.variable === variable)
            .flatMap((row) => new Array<string>(Number(row[group])).fill(row.level!)),
        ),
      );
      const lines = columns[0]!.map((_, i) =>
        [i < 110 ? 0 : 1, ...columns.map((column) => column[i])].join(','),
      );
      writeFileSync(join(folder, 'table.csv'), [['apcr', ...variables].join(','), ...lines].join('\n'));
      const found = table1(['table.csv', '--by', 'apcr'], folder);
      expect(found.map((row) => row.variable)).toEqual(variables);
      for (const row of found) {
        expect(row.test).toBe('chi-square');
        const printed = rows.find((one) => one.variable === row.variable && one.printed_p !== '')!.printed_p!;
        const ours = row.p.toFixed(3) === '0.000' ? '<0.001' : row.p.toFixed(3);
        expect(ours).toBe(row.variable === 'menopause' ? '0.583' : printed);
      }
    }));

  it('refuses a test of a variable that is not compared, and a test that does not exist', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 't.csv'), 'g,x\n0,1.5\n1,2.5\n0,1.25\n1,3.75\n');
      for (const [test, code] of [
        ['z=fisher', 'column-unknown'],
        ['x=anova', 'usage'],
      ]) {
        const { code: exit, err } = sentinode(
          ['table1', 't.csv', '--by', 'g', '--test', test!, '--json'],
          folder,
        );
        expect(exit).toBe(2);
        expect(JSON.parse(err).error.code).toBe(code);
      }
    }));
});

describe.skipIf(!hasShared('stats'))('table1 on real tables', () => {
  it('gives the tests of R for 30 features of WDBC and the factors of birthwt', () => {
    const wdbc = shared('stats', 'lasso', 'wdbc.csv');
    const target = Object.keys(readCsv(wdbc)[0]!).at(-1)!;
    const expected = readCsv(shared('stats', 'tests', 'expected_wdbc_univariate.csv'));
    const found = table1([wdbc, '--by', target]);
    for (const wanted of expected) {
      const row = found.find((one) => one.variable === wanted.feature)!;
      const p = Number(row.test === 'Student t' ? wanted.student_p : wanted.mwu_p_cc);
      expect(Math.abs(row.p - p) / p, `${row.variable} ${row.test}`).toBeLessThan(1e-9);
    }
    const welch = table1([
      wdbc,
      '--by',
      target,
      '--variables',
      'mean_radius',
      '--test',
      'mean_radius=welch',
    ])[0]!;
    expect(welch.test).toBe('Welch t');
    expect(Math.abs(welch.p / Number(expected[0]!.welch_p) - 1)).toBeLessThan(1e-9);
    const plain = table1([
      wdbc,
      '--by',
      target,
      '--variables',
      'mean_radius',
      '--test',
      'mean_radius=mann-whitney',
      '--no-continuity',
    ])[0]!;
    expect(Math.abs(plain.p / Number(expected[0]!.mwu_p_nocc) - 1)).toBeLessThan(1e-9);
    const counts = readCsv(shared('stats', 'tests', 'expected_birthwt_contingency.csv'));
    const births = table1([
      shared('stats', 'logistic', 'birthwt.csv'),
      '--by',
      'low',
      '--variables',
      'smoke,ht,ui,race,ptl',
      '--test',
      'ui=chi-square-yates',
    ]);
    expect(births.map((row) => row.test)).toEqual([
      'chi-square',
      'Fisher exact',
      'chi-square, Yates',
      'chi-square',
      'Fisher exact',
    ]);
    births.forEach((row, k) => {
      const wanted = counts[k]!;
      const p = Number(
        row.test === 'Fisher exact' ? wanted.fisher_p : row.test === 'chi-square' ? wanted.p : wanted.p_yates,
      );
      expect(Math.abs(row.p - p) / p, row.variable).toBeLessThan(1e-7);
    });
  });

  it('evaluate writes numbers and figures, and reads as a table', () =>
    inFolder((folder) => {
      const { code, out } = sentinode(
        [
          'evaluate',
          shared('stats', 'roc', 'aSAH.csv'),
          '--outcome',
          'outcome',
          '--positive',
          'Poor',
          '--scores',
          's100b,wfns',
          '--at',
          'sensitivity=0.9',
          '--prevalence',
          '0.2',
          '--centre',
          'gender',
          '--out',
          'evaluation',
          '--bootstraps',
          '200',
          '--quiet',
        ],
        folder,
      );
      expect(code).toBe(0);
      expect(out).toMatch(/s100b\s+0\.731 \(0\.630–0\.833\)/);
      expect(out).toContain('within centres');
      expect(out).toMatch(/s100b – wfns\s+−0\.092.*−2\.209\s+0\.027/);
      expect(out).toContain('Not computed for wfns: calibration');
      const files = filesUnder(join(folder, 'evaluation'));
      expect([...files.keys()]).toEqual(['evaluation.json', 'precision-recall.svg', 'roc.svg']);
      expect(JSON.parse(files.get('evaluation.json')!.toString()).n).toBe(113);
      expect(files.get('roc.svg')!.toString()).toContain('Research use only');
    }));
});

describe('the guide to evaluate and table1', () => {
  it('has commands that run', () =>
    inFolder((folder) => {
      const rows = readCsv(reference('reference-study', 'clinical.csv'));
      const scores = readCsv(reference('reference-study', 'expected/predictions.csv')).filter(
        (row) => row.model === 'clinical' || row.model === 'dlr',
      );
      const score = new Map(
        scores.map((row) => [`${row.patient_id ?? row.patient} ${row.model}`, row.probability!]),
      );
      const lines = rows.map((row, i) =>
        [
          row.apcr,
          ...['clinical', 'dlr'].map((model) => score.get(`${row.patient_id} ${model}`)),
          i % 3 === 0 ? 'A' : 'B',
        ].join(','),
      );
      writeFileSync(join(folder, 'predictions.csv'), ['apcr,clinical,dlr,hospital', ...lines].join('\n'));
      const columns = Object.keys(rows[0]!);
      writeFileSync(
        join(folder, 'clinical.csv'),
        [columns.join(','), ...rows.map((row) => columns.map((name) => row[name]).join(','))].join('\n'),
      );
      const guide = readFileSync(new URL('../../../../docs/guide/evaluate.md', import.meta.url), 'utf8');
      const commands = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((block) =>
        block[1]!.trim().split('\n'),
      );
      expect(commands).toHaveLength(4);
      for (const command of commands) {
        const { code, err } = sentinode(
          [...command.replace('npx sentinode ', '').split(' '), '--quiet'],
          folder,
        );
        expect(`${code} ${err}`, command).toBe('0 ');
      }
      expect([...filesUnder(join(folder, 'evaluation')).keys()]).toContain('decision-curve.svg');
    }));
});
