import { readFileSync } from 'node:fs';
import { parseStudy, runStudy, type StudyHost, type StudyResults } from '@sentinode/study';
import { reference } from '../../../../reference/locator.ts';

/** The clinical table with a column er_percent that contradicts `er` in every 25th row, and every 9th age missing. */
function withPercent(text: string): string {
  const [header, ...rows] = text.trim().split(/\r?\n/);
  const er = header!.split(',').indexOf('er');
  const age = header!.split(',').indexOf('age');
  const percent = (row: string, index: number): string =>
    (row.split(',')[er] === 'positive') === (index % 25 !== 0) ? '60' : '0';
  return [
    `${header},er_percent`,
    ...rows.map((row, index) => `${holed(row, age, index % 9 === 0)},${percent(row, index)}`),
  ].join('\n');
}

const holed = (row: string, column: number, isMissing: boolean): string =>
  row
    .split(',')
    .map((cell, at) => (isMissing && at === column ? '' : cell))
    .join(',');

/** Every so many columns of the feature tables: a report is drawn alike of fewer, in a fraction of the time. */
const THINNED = 6;
const thin = new Map<string, string>();

function thinned(path: string, text: string): string {
  const known = thin.get(path);
  if (known !== undefined) return known;
  const lines = text.split(/\r?\n/).map((line) =>
    line
      .split(',')
      .filter((_, column) => column === 0 || column % THINNED === 1)
      .join(','),
  );
  thin.set(path, lines.join('\n'));
  return lines.join('\n');
}

const host = (whole: boolean): StudyHost => ({
  readInput: async (path) => {
    const text = readFileSync(reference('reference-study', path), 'utf8');
    const used =
      path !== 'clinical.csv' ? thinned(path, text) : whole ? withHospitals(withPercent(text)) : text;
    return new TextEncoder().encode(used);
  },
  hasInput: async () => false,
  cache: { get: async () => undefined, put: async () => undefined },
  extract: async () => {
    throw new Error('no images here');
  },
  concurrency: 1,
});

/** The clinical table with a column of three hospitals. */
function withHospitals(text: string): string {
  const [head, ...rows] = text.trim().split('\n');
  return [`${head},hospital`, ...rows.map((row, k) => `${row},H${k % 3}`)].join('\n');
}

/**
 * Results of the reference study with a sixth of its feature columns, computed by the engine: what a report is drawn from. With `whole`, in the profile that
 * resamples and compares, with four clinical variables; else in `published` alone, with all of them.
 */
export async function referenceResults(models: string, whole = false): Promise<StudyResults> {
  const text = readFileSync(reference('reference-study', 'study.yaml'), 'utf8')
    .replace(/^(models|classifiers):.*$/gm, '')
    // Firth's intervals are profiles: each further coefficient costs seconds, and no table looks different
    .replace(whole ? /^ {4}(?:menopause|pr|ki67|subtype): .*\n/gm : /^$/, '')
    .replace('  id: patient_id', whole ? '  id: patient_id\n  centre: hospital' : '  id: patient_id')
    .replace('profile: published', `profile: ${whole ? 'defensible' : 'published'}`)
    .replace(
      'cohort:',
      whole
        ? 'cohort:\n  missing: {impute: {imputations: 2, iterations: 2}}\n  derive: {er: {receptor: {percent: er_percent, cut-off: 1}}}'
        : 'cohort:',
    )
    .replace('deep: deep.csv', whole ? 'deep: deep.csv\n  adjacent: deep.csv' : 'deep: deep.csv');
  const more = whole
    ? 'classifiers: [gaussian-nb, {logistic-regression: {C: 1}}]\nresampling: {inner: 2, outer: 2, bootstraps: 2}\nstatistics: {resamples: 200, prevalences: [0.3], categories: [0.3, 0.6], firth: always}\nselection: [icc, {mann-whitney: {alpha: 0.01}}, z-score]'
    : 'comparison: false\nresampling: {bootstraps: 10}\nstatistics: {resamples: 200}';
  const study = parseStudy(`${text}\nmodels: ${models}\n${more}\n`, 'study.yaml');
  return (await runStudy(study, host(whole))).results;
}

/** The same results with names and sentences that break careless markup. */
export function hostile(results: StudyResults): StudyResults {
  const name =
    'x<script>alert("1")</script>&\'…_with_a_very_long_name_that_does_not_fit_anywhere_at_all_original_glcm_Autocorrelation';
  return JSON.parse(
    JSON.stringify(results, (key, value) =>
      (key === 'name' &&
        typeof value === 'string' &&
        !['clinical', 'radiomics', 'deep', 'dlr'].includes(value)) ||
      key === 'reason' ||
      key === 'variable'
        ? name
        : value,
    ),
  );
}

/** The same results with both banners of a demo. */
export function withBanners(results: StudyResults): StudyResults {
  return {
    ...results,
    study: {
      ...results.study,
      banners: ['Simulated data, not patients', 'Deep features of a network that is not pretrained'],
    },
  };
}

/** The same results as if their features had been measured from images: what a run from images adds. */
export function withImages(results: StudyResults): StudyResults {
  const range = (minimum: number, maximum: number) => ({
    minimum,
    maximum,
    mean: (minimum + maximum) / 2,
    sd: 0.5,
  });
  const any = range(0.1, 0.9);
  const spread = { mean: 0.85, sd: 0.05, median: 0.86, q1: 0.82, q3: 0.9, minimum: 0.6 };
  return {
    ...results,
    readerMasks: {
      readers: ['reader1', 'reader2'],
      patients: results.cohorts.training.n,
      groups: (['all', 'sequence', 'visit', 'visit and sequence'] as const).map((by) => ({
        by,
        name: { all: 'all images', sequence: 'DCE', visit: 'pre', 'visit and sequence': 'pre DCE' }[by],
        images: results.cohorts.training.n,
        dice: spread,
        hausdorff95: { ...spread, median: 3.2 },
        volumeDifference: { ...spread, mean: -4 },
      })),
    },
    scans: {
      source: 'scans.csv',
      patients: 20,
      parameters: [
        {
          visit: 'pre',
          sequence: 'DCE',
          parameter: 'field strength, T',
          values: [
            { value: '3', n: 17, patients: Array.from({ length: 17 }, (_, k) => `A${k}`) },
            { value: '1.5', n: 3, patients: ['B1', 'B2', 'B3'] },
          ],
          notStated: 0,
        },
      ],
    },
    acquisition: {
      visits: ['pre', 'post'],
      sequences: ['DCE'],
      delta: [['pre', 'post']],
      settings: { configuration: { imageTypes: "{'Original': {}}", settings: [['binWidth', '25']] } },
      region: { lesions: 'union' },
      network: null,
      seen: [
        {
          visit: 'pre',
          sequence: 'DCE',
          n: results.cohorts.training.n,
          spacing: [range(0.9, 0.9), range(0.9, 1.1), range(1, 3)],
          regionVolume: range(100, 20_000),
          quantities: { brightness: any, lopsidedness: any, regionContrast: any, regionSpread: any },
        },
      ],
    },
  };
}

/** The same results of a study whose report hides small counts. */
export function withSmallCells(results: StudyResults, smallCells: number): StudyResults {
  const { study } = results.settings;
  return {
    ...results,
    settings: { ...results.settings, study: { ...study, report: { ...study.report, smallCells } } },
  };
}

/** The same results as if resampling had kept every other predictor of each model half of the time. */
export function withResampling(results: StudyResults): StudyResults {
  return {
    ...results,
    resampling: {
      innerFolds: 2,
      outer: '2 folds',
      nested: [],
      optimism: [],
      ablations: [],
      stability: results.models.map(({ name, predictors }) => ({
        model: name,
        resamples: 4,
        predictors: predictors
          .filter(({ kind }) => kind !== 'deep')
          .map((predictor, at) => ({ name: predictor.name, share: 1 / (1 + at), kept: at % 2 === 0 })),
      })),
    },
  };
}
