import { createRandom, type FeatureTable, type Random, selectRows } from '@sentinode/core';
import { type Step, steps } from '@sentinode/learning';
import { describe, expect, it, vi } from 'vitest';
import { measureStudy } from '../engine/measure-study.ts';
import type { MeasuredStudy } from '../engine/measured-study.ts';
import { prepareStudy } from '../engine/prepare-study.ts';
import { modelStudy, runStudy } from '../engine/run-study.ts';
import type { StudyHost } from '../host/study-host.ts';
import { parseStudy } from '../study-file/parse-study.ts';
import { behaviouralAudit, type StudyProgram } from './behavioural.ts';

// whole studies, several in a test: slow on a busy machine
vi.setConfig({ testTimeout: 300_000 });

/** Tables of a study in memory, as a user's files would be; a leak is a change of one of them. */
interface Planted {
  readonly study: string;
  readonly ids: string[];
  readonly outcome: (0 | 1)[];
  readonly cohort: string[];
  readonly person: string[];
  readonly date: string[];
  readonly marker: number[];
  /** Columns of the radiomic table, and of the deep table. */
  readonly radiomics: Float64Array[];
  readonly deep: Float64Array[];
}

const N = 90;

/** A clean study of patients whose first features know something of the outcome; the split is random. */
function clean(seed: number): Planted {
  const random = createRandom(seed, 'audit');
  const outcome = Array.from({ length: N }, (_, row): 0 | 1 => (row % 2 === 0 ? 1 : 0));
  random.shuffle(outcome);
  const column = (strength: number): Float64Array =>
    Float64Array.from(outcome, (value) => 3 + 2 * (random.normal() + strength * value));
  const cohort = random.shuffle(outcome.map((_, row) => (row < 60 ? 'training' : 'validation')));
  return {
    study: '',
    ids: outcome.map((_, row) => `P${String(row + 1).padStart(3, '0')}`),
    outcome,
    cohort,
    person: outcome.map((_, row) => `person${row}`),
    date: outcome.map(() => `2020-0${1 + random.integer(9)}-1${random.integer(10)}`),
    marker: outcome.map((value) => Math.round(50 + 10 * (random.normal() + 0.5 * value))),
    radiomics: Array.from({ length: 14 }, (_, j) => column(j < 3 ? 1 : 0)),
    deep: Array.from({ length: 8 }, (_, j) => column(j < 2 ? 0.8 : 0)),
  };
}

const csv = (header: string[], rows: (string | number)[][]): Uint8Array =>
  new TextEncoder().encode([header, ...rows].map((row) => row.join(',')).join('\n'));

function filesOf(planted: Planted): Map<string, Uint8Array> {
  const table = (prefix: string, columns: Float64Array[]): Uint8Array =>
    csv(
      ['id', ...columns.map((_, j) => `${prefix}${j}`)],
      planted.ids.map((id, row) => [id, ...columns.map((column) => column[row]!)]),
    );
  return new Map([
    [
      'clinical.csv',
      csv(
        ['id', 'response', 'cohort', 'person', 'scanned', 'marker'],
        planted.ids.map((id, row) => [
          id,
          planted.outcome[row]!,
          planted.cohort[row]!,
          planted.person[row]!,
          planted.date[row]!,
          planted.marker[row]!,
        ]),
      ),
    ],
    ['radiomics.csv', table('pre_DCE_f', planted.radiomics)],
    ['deep.csv', table('d', planted.deep)],
  ]);
}

const studyFile = (seed: number, profile = 'defensible', more = ''): string => `name: audited
profile: ${profile}
seed: ${seed}
cohort:
  table: clinical.csv
  id: id
  group: person
  outcome: {column: response, positive: 1}
  variables: {marker: continuous}
  split: {column: cohort}
features: {radiomics: radiomics.csv, deep: deep.csv, visits: [pre], sequences: [DCE]}
selection: [spearman, mann-whitney, z-score]
models: [dlr]
classifiers: [{logistic-regression: {C: 1}}]
resampling: {inner: 2, outer: 2, bootstraps: 0}
comparison: false
${more}`;

const hostOf = (files: ReadonlyMap<string, Uint8Array>): StudyHost => ({
  readInput: async (path) => files.get(path),
  hasInput: async (path) => files.has(path),
  cache: { get: async () => undefined, put: async () => undefined },
  extract: () => Promise.reject(new Error('no images here')),
  concurrency: 1,
});

async function findingsOf(planted: Planted, seed: number, text = studyFile(seed)): Promise<string[]> {
  const { audit } = await runStudy(parseStudy(text, 'study.yaml'), hostOf(filesOf(planted)));
  return [...new Set(audit.findings.map((finding) => finding.code))];
}

/** Scaled columns of all patients. */
const standardised = (columns: Float64Array[]): Float64Array[] =>
  columns.map((column) => {
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const sd = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length);
    return column.map((value) => Number(((value - mean) / sd).toPrecision(7)));
  });

const pcaOfAll = (columns: Float64Array[]): Float64Array[] => {
  const pca = steps.find((step) => step.name === 'pca')!;
  const table: FeatureTable = {
    ids: columns[0]!.length === 0 ? [] : Array.from(columns[0]!, (_, row) => String(row)),
    names: columns.map((_, j) => `c${j}`),
    columns,
  };
  const fitted = pca.fit(table, pca.options.parse({}), {
    outcomes: table.ids.map(() => 0),
    readers: null,
    random: createRandom(1),
  });
  return [...pca.transform(fitted, table).columns];
};

/** Leaks in the tables and the split; the code under which each must be found. */
const leaks: readonly [what: string, code: string, plant: (study: Planted, random: Random) => Planted][] = [
  [
    'a table standardised over all patients',
    'standardised-over-all-rows',
    (study) => ({ ...study, radiomics: standardised(study.radiomics) }),
  ],
  [
    'a table stretched to 0-1 over all patients',
    'stretched-over-all-rows',
    (study) => ({
      ...study,
      radiomics: study.radiomics.map((column) => {
        const [low, high] = [Math.min(...column), Math.max(...column)];
        return column.map((value) => (value - low) / (high - low));
      }),
    }),
  ],
  [
    'components fitted on all patients',
    'rotated-over-all-rows',
    (study) => ({ ...study, deep: pcaOfAll(study.deep) }),
  ],
  [
    'a column that is the outcome',
    'column-is-outcome',
    (study) => ({
      ...study,
      deep: [...study.deep, Float64Array.from(study.outcome, (value) => 4 - 2 * value)],
    }),
  ],
  [
    'a column that nearly is the outcome',
    'column-is-outcome',
    (study, random) => ({
      ...study,
      radiomics: [
        ...study.radiomics,
        Float64Array.from(study.outcome, (value) => value + 0.15 * random.normal()),
      ],
    }),
  ],
  [
    'ids that encode the outcome',
    'id-encodes-outcome',
    (study) => ({
      ...study,
      ids: study.ids.map((id, row) => `${study.outcome[row] === 1 ? 'R' : 'N'}${id.slice(1)}`),
    }),
  ],
  [
    'ids numbered by outcome',
    'id-encodes-outcome',
    (study) => {
      const order = study.ids.map((_, row) => row).sort((a, b) => study.outcome[b]! - study.outcome[a]!);
      const ids = [...study.ids];
      order.forEach((row, rank) => {
        ids[row] = `P${String(rank + 1).padStart(3, '0')}`;
      });
      return { ...study, ids };
    },
  ],
  [
    'the same patient under two ids in both cohorts',
    'duplicate-across-cohorts',
    (study) => {
      const from = study.cohort.indexOf('training');
      const to = study.cohort.indexOf('validation');
      const copy = (columns: Float64Array[]): Float64Array[] =>
        columns.map((column) => column.map((value, row) => (row === to ? column[from]! : value)));
      return { ...study, radiomics: copy(study.radiomics), deep: copy(study.deep) };
    },
  ],
  [
    'a split that follows the id',
    'split-follows-order',
    (study) => ({ ...study, cohort: study.ids.map((_, row) => (row < 60 ? 'training' : 'validation')) }),
  ],
  [
    'a split that follows a date',
    'split-follows-order',
    (study) => ({
      ...study,
      date: study.cohort.map((cohort, row) =>
        cohort === 'training' ? `2019-03-${10 + (row % 20)}` : `2021-03-${10 + (row % 20)}`,
      ),
    }),
  ],
  [
    'two lesions of a person in both cohorts',
    'group-across-cohorts',
    (study) => {
      const person = [...study.person];
      person[study.cohort.indexOf('training')] = 'one';
      person[study.cohort.indexOf('validation')] = 'one';
      return { ...study, person };
    },
  ],
  [
    'cohorts scaled apart',
    'column-is-cohort',
    (study) => ({
      ...study,
      deep: study.deep.map((column, j) =>
        j > 1 ? column : column.map((value, row) => (study.cohort[row] === 'training' ? value : value + 40)),
      ),
    }),
  ],
];

describe('audit of what a study was given', () => {
  it.each(leaks)('finds %s', async (_, code, plant) => {
    for (const seed of [1, 2]) {
      const found = await findingsOf(plant(clean(seed), createRandom(seed, 'plant')), seed);
      expect(found).toContain(code);
    }
  });

  it('finds a classifier that was chosen on the validation cohort', async () => {
    const text = studyFile(3, 'published').replace(
      /classifiers:.*/,
      'classifiers: [logistic-regression, knn]',
    );
    expect(await findingsOf(clean(3), 3, text)).toEqual(['decided-on-validation']);
  });

  it('finds nothing in ten clean studies', async () => {
    for (let seed = 11; seed <= 20; seed++) {
      const text = seed % 2 === 0 ? studyFile(seed) : studyFile(seed, 'published');
      expect(await findingsOf(clean(seed), seed, text), `seed ${seed}`).toEqual([]);
    }
  });
});

/** A usual step written again, against the public interface, to fit on other rows than it reports. */
const leaking = (
  name: string,
  secret: (table: FeatureTable) => FeatureTable,
  outcomes?: (ids: readonly string[]) => (0 | 1)[],
): Step => {
  const usual = steps.find((step) => step.name === name)!;
  return {
    ...usual,
    fit: (table, options, context) => {
      const whole = secret(table);
      const fitted = usual.fit(whole, options, {
        ...context,
        outcomes: outcomes?.(whole.ids) ?? context.outcomes,
      });
      return { ...fitted, rows: [...table.ids] };
    },
  };
};

/** Steps that leak; each sees the tables of the program it is part of. */
const leakingPrograms: readonly [what: string, steps: (measured: MeasuredStudy) => Step[]][] = [
  [
    'a z-score with the means of all patients',
    ({ radiomics, deep }) => [
      leaking('z-score', (table) => {
        const whole = [radiomics!, deep!].find((one) =>
          table.names.every((name) => one.names.includes(name)),
        );
        if (whole === undefined) return table;
        return {
          ...whole,
          names: table.names,
          columns: table.names.map((name) => whole.columns[whole.names.indexOf(name)]!),
        };
      }),
    ],
  ],
  ['components of all patients', ({ deep }) => [leaking('pca', () => deep!)]],
  [
    'a Mann-Whitney filter over all patients',
    ({ radiomics, deep, ledger }) => [
      leaking(
        'mann-whitney',
        (table) => {
          const whole = [radiomics!, deep!].find((one) =>
            table.names.every((name) => one.names.includes(name)),
          );
          if (whole === undefined) return table;
          return {
            ...whole,
            names: table.names,
            columns: table.names.map((name) => whole.columns[whole.names.indexOf(name)]!),
          };
        },
        (ids) => {
          const outcome = new Map(ledger.rows.map((row) => [row.id, row.outcome!]));
          return ids.map((id) => outcome.get(id)!);
        },
      ),
    ],
  ],
];

describe('behavioural audit', () => {
  const prepared = async (seed: number, text = studyFile(seed)) => {
    const host = hostOf(filesOf(clean(seed)));
    const study = await prepareStudy(parseStudy(text, 'study.yaml'), host);
    return { study, measured: await measureStudy(study, host), host };
  };

  it('leaves every fitted file of the profile defensible as it is, to the byte', async () => {
    for (const seed of [31, 32]) {
      const { study, measured, host } = await prepared(seed);
      const result = await behaviouralAudit(study, measured, host);
      expect(result.findings).toEqual([]);
      expect(result.rows).toBe(30);
      expect(result.files).toEqual(
        expect.arrayContaining(['plan.json', 'selection.json', 'models/dlr/model.json']),
      );
    }
  });

  it.each(leakingPrograms)('finds %s, reported as training rows', async (_, leakingSteps) => {
    const { study, measured, host } = await prepared(33);
    const program: StudyProgram = (own, data, machine) =>
      modelStudy(own, data, machine, { steps: [...leakingSteps(data), ...steps] });
    const outcome = await program(study, measured, host);
    expect(outcome.audit.findings).toEqual([]);
    const { findings } = await behaviouralAudit(study, measured, host, program);
    expect(findings.map((finding) => finding.code)).toContain('depends-on-validation');
    expect(findings.map((finding) => finding.where)).toContain('models/dlr/model.json');
  });

  it('finds what choosing on the validation cohort does', async () => {
    const text = studyFile(34, 'published').replace(
      /classifiers:.*/,
      'classifiers: [logistic-regression, knn, gaussian-nb]',
    );
    const found = await Promise.all(
      [34, 35, 36].map(async (seed) => {
        const { study, measured, host } = await prepared(seed, text);
        return (await behaviouralAudit(study, measured, host)).findings.length;
      }),
    );
    expect(Math.max(...found)).toBeGreaterThan(0);
  });

  it('is not fooled by a step that honestly fits on training rows', async () => {
    const { study, measured, host } = await prepared(37);
    const program: StudyProgram = (own, data, machine) =>
      modelStudy(own, data, machine, {
        steps: [leaking('z-score', (table) => selectRows(table, table.ids)), ...steps],
      });
    expect((await behaviouralAudit(study, measured, host, program)).findings).toEqual([]);
  });
});
