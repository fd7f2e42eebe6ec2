import { describe, expect, it } from 'vitest';
import { parseStudy } from '../study-file/parse-study.ts';
import { readTable } from '../tables/index.ts';
import { deriveColumns } from './derive-columns.ts';

const columns = ['id', 'er_pct', 'pr_pct', 'ihc', 'ish', 'mib', 'nodes', 'npos', 'itc', 'her2', 'y'];
const row = (id: string, cells: Readonly<Record<string, string | undefined>>): string =>
  columns.map((name) => (name === 'id' ? id : (cells[name] ?? ''))).join(',');

const derive = (rules: string, rows: readonly Readonly<Record<string, string | undefined>>[], more = '') => {
  const study = parseStudy(
    `name: x\ncohort:\n  table: clinical.csv\n  id: id\n  outcome: {column: y, positive: 1}\n  na: ["", unk]\n  derive:\n${rules
      .split('\n')
      .map((line) => `    ${line}`)
      .join('\n')}\n${more}`,
    'study.yaml',
  );
  const text = [columns.join(','), ...rows.map((cells, index) => row(`P${index + 1}`, cells))].join('\n');
  return deriveColumns(readTable(new TextEncoder().encode(text), { file: 'clinical.csv' }), study.cohort);
};
const column = ({ table }: ReturnType<typeof derive>, name: string): string[] =>
  table.rows.map((cells) => cells[table.columns.indexOf(name)]!);

describe('derived clinical variables', () => {
  it('receptors are positive from the cut-off on', () => {
    const rows = ['0', '0.9', '1', '9.5', '10', 'unk', ''].map((er_pct) => ({ er_pct }));
    expect(column(derive('er: {receptor: {percent: er_pct, cut-off: 1}}', rows), 'er')).toEqual([
      'negative',
      'negative',
      'positive',
      'positive',
      'positive',
      '',
      '',
    ]);
    expect(column(derive('er: {receptor: {percent: er_pct, cut-off: 10}}', rows), 'er')).toEqual([
      'negative',
      'negative',
      'negative',
      'negative',
      'positive',
      '',
      '',
    ]);
  });

  it('HER2 is decided by immunohistochemistry, at 2+ by hybridisation', () => {
    const rows = [
      ['0', ''],
      ['1+', ''],
      ['1', 'negative'],
      ['2+', 'amplified'],
      ['2', 'not amplified'],
      ['2+', ''],
      ['3+', ''],
      ['', 'positive'],
    ].map(([ihc, ish]) => ({ ihc: ihc!, ish: ish! }));
    const found = derive('h: {her2: {ihc: ihc, ish: ish}}', rows);
    expect(column(found, 'h')).toEqual([
      'negative',
      'negative',
      'negative',
      'positive',
      'negative',
      '',
      'positive',
      '',
    ]);
    expect(found.derivation!.conflicts).toEqual([]);
  });

  it('HER2 at 2+ by ratio and copies follows ASCO/CAP 2018', () => {
    const rows = [
      ['2', '4'],
      ['2.5', '3.9'],
      ['1.9', '6'],
      ['1.9', '5.9'],
      ['1.1', ''],
    ].map(([er_pct, pr_pct]) => ({
      ihc: '2+',
      er_pct: er_pct!,
      pr_pct: pr_pct!,
    }));
    const found = derive('h: {her2: {ihc: ihc, ratio: er_pct, copies: pr_pct}}', rows);
    expect(column(found, 'h')).toEqual(['positive', 'negative', 'positive', 'negative', '']);
  });

  it('lists supplied values that differ and inputs that contradict each other, with both values', () => {
    const rows = [
      { ihc: '3+', her2: 'negative' },
      { ihc: '3+', her2: 'Positive', ish: 'negative' },
      { ihc: '0', her2: 'negative' },
      { ihc: '', her2: 'positive' },
      { ihc: '1+' },
    ];
    const found = derive('her2: {her2: {ihc: ihc, ish: ish}}', rows);
    expect(column(found, 'her2')).toEqual(['positive', 'positive', 'negative', '', 'negative']);
    expect(found.derivation!.conflicts).toEqual([
      {
        patient: 'P1',
        variable: 'her2',
        supplied: 'negative',
        derived: 'positive',
        used: 'positive',
        reason: 'her2 says otherwise',
      },
      {
        patient: 'P2',
        variable: 'her2',
        supplied: 'positive',
        derived: 'positive',
        used: 'positive',
        reason: 'immunohistochemistry 3+, hybridisation not amplified',
      },
    ]);
    expect(found.derivation!.variables[0]).toMatchObject({ supplied: 'her2', missing: 1, onlySupplied: 1 });
    const supplied = derive('her2: {her2: {ihc: ihc, ish: ish, prefer: supplied}}', rows);
    expect(column(supplied, 'her2')).toEqual(['negative', 'positive', 'negative', 'positive', 'negative']);
    expect(supplied.derivation!.conflicts[0]).toMatchObject({
      supplied: 'negative',
      derived: 'positive',
      used: 'negative',
    });
  });

  it('subtypes read what other rules derive, in any order and whatever their cells are called', () => {
    const rows = [
      { er_pct: '90', pr_pct: '30', ihc: '0', mib: '5' },
      { er_pct: '90', pr_pct: '10', ihc: '0', mib: '5' },
      { er_pct: '90', pr_pct: '30', ihc: '0', mib: '30' },
      { er_pct: '0', pr_pct: '30', ihc: '0', mib: '5' },
      { er_pct: '0', pr_pct: '30', ihc: '3', mib: '' },
      { er_pct: '0', pr_pct: '0', ihc: '3', mib: '' },
      { er_pct: '0', pr_pct: '0', ihc: '0', mib: '' },
      { er_pct: '90', pr_pct: '30', ihc: '0', mib: '' },
      { er_pct: '', pr_pct: '30', ihc: '3', mib: '' },
      { er_pct: '', pr_pct: '0', ihc: '0', mib: '' },
    ];
    const status = `er: {receptor: {percent: er_pct, cut-off: 1, levels: {negative: 0, positive: 1}}}
pr: {receptor: {percent: pr_pct, cut-off: 1}}
h: {her2: {ihc: ihc}}
group: {ki67: {percent: mib, cut-off: 20}}`;
    const st = derive(
      `s: {subtype: {scheme: st-gallen-2013, er: er, pr: pr, her2: h, ki67: group, pr-percent: pr_pct}}\n${status}`,
      rows,
    );
    expect(column(st, 'er').slice(0, 4)).toEqual(['1', '1', '1', '0']);
    const B = 'luminal B HER2-negative';
    expect(column(st, 's')).toEqual([
      'luminal A',
      B,
      B,
      B,
      'luminal B HER2-positive',
      'HER2-positive',
      'triple-negative',
      '',
      'luminal B HER2-positive',
      '',
    ]);
    const merged = derive(
      `s: {subtype: {scheme: receptors, er: er, pr: pr, her2: h, levels: {HR+/HER2+: HER2+, HR-/HER2+: HER2+}}}\n${status}`,
      rows,
    );
    expect(column(merged, 's').slice(3, 8)).toEqual(['HR+/HER2-', 'HER2+', 'HER2+', 'TNBC', 'HR+/HER2-']);
    expect(merged.derivation!.variables[0]!.levels.map(({ level }) => level)).toEqual([
      'HR+/HER2-',
      'HER2+',
      'TNBC',
    ]);
  });

  it('apCR follows node counts and the rule of isolated tumour cells', () => {
    const rows = [
      ['12', '0', 'no'],
      ['12', '0', 'yes'],
      ['12', '2', 'no'],
      ['0', '0', 'no'],
      ['', '1', ''],
      ['12', '', ''],
      ['12', '0', ''],
    ].map(([nodes, npos, itc]) => ({ nodes: nodes!, npos: npos!, itc: itc! }));
    const rule = (as: string) =>
      derive(
        `apcr: {apcr: {examined: nodes, positive: npos${as === '' ? '' : `, isolated-tumour-cells: {column: itc, as: ${as}}`}}}`,
        rows,
      );
    expect(column(rule('residual'), 'apcr')).toEqual(['1', '0', '0', '', '0', '', '']);
    expect(column(rule('response'), 'apcr')).toEqual(['1', '1', '0', '', '0', '', '1']);
    expect(column(rule(''), 'apcr')).toEqual(['1', '1', '0', '', '0', '', '1']);
  });

  it.each([
    ['er: {receptr: {percent: er_pct, cut-off: 1}}', {}, 'option-unknown', /did you mean "receptor"/, 8],
    ['er: {receptor: {percnt: er_pct, cut-off: 1}}', {}, 'option-unknown', /did you mean "percent"/, 8],
    ['er:\n  receptor:\n    percent: er_pct\n    cut-off: 0', {}, 'option-invalid', /cut-off/, 11],
    ['k: {ki67: {percent: mib}}', {}, 'option-invalid', /cut-off/, 8],
    [
      'er: {receptor: {percent: er_pctt, cut-off: 1}}',
      {},
      'column-unknown',
      /Did you mean "er_pct"/,
      undefined,
    ],
    [
      'er: {receptor: {percent: er_pct, cut-off: 1, levels: {pos: 1}}}',
      {},
      'option-invalid',
      /negative, positive/,
      undefined,
    ],
    [
      'er: {receptor: {percent: er_pct, cut-off: 1}}',
      { er_pct: '<1' },
      'table-number',
      /"<1" is no number/,
      2,
    ],
    ['er: {receptor: {percent: er_pct, cut-off: 1}}', { er_pct: '101' }, 'table-number', /from 0 to 100/, 2],
    ['h: {her2: {ihc: ihc}}', { ihc: '4+' }, 'level-unknown', /"4\+" is none of/, 2],
    ['her2: {her2: {ihc: ihc}}', { ihc: '0', her2: 'equivocal' }, 'level-unknown', /levels/, 2],
    [
      'a: {apcr: {examined: nodes, positive: npos}}',
      { nodes: '3', npos: '5' },
      'table-number',
      /5 positive nodes of 3/,
      2,
    ],
    [
      'a: {apcr: {examined: nodes, positive: npos}}',
      { nodes: '3', npos: '0.5' },
      'table-number',
      /whole number/,
      2,
    ],
    ['ihc: {her2: {ihc: ihc}}', { ihc: '0' }, 'option-invalid', /reads itself/, undefined],
    ['s: {subtype: {scheme: st-gallen-2013, er: a, pr: b, her2: c}}', {}, 'option-invalid', /Ki-67/, 8],
  ])('refuses %s of %j', (rules, cells, code, sentence, line) => {
    let thrown: unknown;
    try {
      derive(rules, [cells]);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code, message: expect.stringMatching(sentence) });
    expect((thrown as { place: { line?: number } }).place.line).toBe(line);
  });
});
