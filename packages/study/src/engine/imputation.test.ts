import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { reference } from '../../../../reference/locator.ts';
import { behaviouralAudit } from '../audit/behavioural.ts';
import type { StudyHost } from '../host/study-host.ts';
import { scorePatient } from '../predict/score-patient.ts';
import { parseStudy } from '../study-file/parse-study.ts';
import { measureStudy } from './measure-study.ts';
import type { StudyOutcome } from './outcome.ts';
import { prepareStudy } from './prepare-study.ts';
import { modelStudy, runStudy } from './run-study.ts';

/** The clinical table of the reference study; every fifth age, sixth her2 and seventh stage missing where asked for. */
function clinical(isHoled: boolean): string {
  const [header, ...rows] = readFileSync(reference('reference-study', 'clinical.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  const columns = header!.split(',');
  const gaps: Readonly<Record<string, number>> = { age: 5, her2: 6, ct: 7 };
  return [
    header,
    ...rows.map((row, index) =>
      row
        .split(',')
        .map((cell, at) => {
          const every = gaps[columns[at]!];
          return isHoled && every !== undefined && index % every === 2 ? '' : cell;
        })
        .join(','),
    ),
  ].join('\n');
}

const hostOf = (isHoled: boolean): StudyHost => ({
  readInput: async () => new TextEncoder().encode(clinical(isHoled)),
  hasInput: async () => false,
  cache: { get: async () => undefined, put: async () => undefined },
  extract: () => Promise.reject(new Error('no images here')),
  concurrency: 1,
});

const studyOf = (missing: string, more = '') =>
  parseStudy(
    `name: gaps
seed: 4
cohort:
  table: clinical.csv
  id: patient_id
  outcome: {column: apcr, positive: 1}
  variables:
    age: continuous
    er: {levels: [negative, positive], reference: negative}
    her2: {levels: [negative, positive], reference: negative}
    ct: {levels: [T1, T2, T3, T4], reference: T1}
  missing: ${missing}
  split: {column: cohort}
models: [clinical]
comparison: false
ablations: false
statistics: {resamples: 100}
${more === '' ? 'profile: published\nresampling: {bootstraps: 0}' : more}
`,
    'study.yaml',
  );

const settings = '{impute: {imputations: 4, iterations: 2}}';

describe('a study that imputes', () => {
  let outcome: StudyOutcome;
  beforeAll(async () => {
    outcome = await runStudy(studyOf(settings), hostOf(true));
  }, 120_000);

  it('keeps everybody, and sets complete cases beside imputed values', () => {
    const { cohorts, imputation, clinical: regression, notComputed } = outcome.results;
    expect([cohorts.training.n, cohorts.validation.n]).toEqual([177, 77]);
    expect(notComputed.filter(({ item }) => item.startsWith('Complete'))).toEqual([]);
    const { complete, all, coefficients, models } = imputation!;
    expect(all.training.n).toBe(177);
    expect(complete.training.n).toBeLessThan(120);
    expect(regression!.imputations).toBe(4);
    for (const { imputed, fmi, complete: own } of coefficients) {
      expect(imputed.coefficient).not.toBeNull();
      expect(own?.coefficient).not.toBe(imputed.coefficient);
      expect(fmi).toBeGreaterThan(0);
      expect(fmi).toBeLessThan(1);
    }
    expect(models.map(({ method, trained, n, m }) => [method, trained, n, m > 1])).toEqual([
      ['complete cases', complete.training.n, complete.validation.n, false],
      ['imputed', 177, 77, true],
      ['imputed, same patients', 177, complete.validation.n, false],
    ]);
  });

  it('fits the imputation on training rows, locks it with the model, and predicts what the run predicted', () => {
    const { fitted, sets } = outcome.audit.trail;
    const training = outcome.ledger.rows.filter((row) => row.cohort === 'training').map((row) => row.id);
    const { rows } = fitted.find(({ where }) => where === 'imputation of clinical variables')!;
    expect(sets[rows]).toEqual(training);
    expect(outcome.audit.findings).toEqual([]);
    const model = JSON.parse(JSON.stringify(outcome.models[0]!)) as (typeof outcome.models)[number];
    expect(model.imputation!.rows).toEqual(training);
    const [header, ...lines] = clinical(true).split('\n');
    let imputed = 0;
    for (const line of lines) {
      const cells = Object.fromEntries(header!.split(',').map((name, at) => [name, line.split(',')[at]!]));
      const values = Object.fromEntries(
        ['age', 'er', 'her2', 'ct'].map((name) => {
          const cell = cells[name]!;
          return [name, cell === '' ? null : name === 'age' ? Number(cell) : cell];
        }),
      );
      // another id and another moment: the draws depend on the values alone
      const { probability, reasons, domain } = scorePatient(model, {
        id: 'new',
        feature: () => undefined,
        clinical: values,
      });
      const own = outcome.predictions.find(({ patient }) => patient === cells.patient_id)!;
      expect(probability).toBe(own.probability);
      if (reasons.some((reason) => reason.includes('was imputed'))) {
        imputed++;
        expect(domain).toBe('warned');
      }
    }
    expect(imputed).toBeGreaterThan(20);
  });

  it('names what was imputed, and gives the same numbers again', async () => {
    expect([...outcome.imputed.values()].flat()).toContain('her2');
    const again = await runStudy(studyOf(settings), hostOf(true));
    expect(JSON.stringify(again.results)).toBe(JSON.stringify(outcome.results));
  }, 120_000);

  it('gives what complete cases give where nothing is missing', async () => {
    const [imputed, complete] = await Promise.all(
      [settings, 'complete-case'].map((missing) => runStudy(studyOf(missing), hostOf(false))),
    );
    expect(imputed!.results.imputation).toMatchObject({ coefficients: [], models: [] });
    const rows = (one: StudyOutcome) => one.results.clinical!.multivariable;
    rows(imputed!).forEach((row, j) =>
      expect(row.coefficient).toBeCloseTo(rows(complete!)[j]!.coefficient!, 9),
    );
    expect(imputed!.results.selection.clinical!.steps.map(({ names }) => names)).toEqual(
      complete!.results.selection.clinical!.steps.map(({ names }) => names),
    );
    imputed!.predictions.forEach(({ probability }, i) =>
      expect(probability).toBeCloseTo(complete!.predictions[i]!.probability, 9),
    );
  }, 120_000);

  it('learns nothing from validation rows: noise in their place changes no fitted file', async () => {
    const study = studyOf(
      '{impute: {imputations: 2, iterations: 2}}',
      'profile: defensible\nclassifiers: [logistic-regression, gaussian-nb]\nresampling: {inner: 2, outer: 2, bootstraps: 0, pipeline: 0}',
    );
    const prepared = await prepareStudy(study, hostOf(true));
    const measured = await measureStudy(prepared, hostOf(true));
    const audit = await behaviouralAudit(prepared, measured, hostOf(true));
    expect(audit.findings).toEqual([]);
    expect(audit.files).toContain('models/clinical/model.json');
    const { results, candidates } = await modelStudy(prepared, measured, hostOf(true));
    expect(results.resampling!.nested[0]!.pooled.n).toBe(177);
    const committee = candidates.find((one) => one.classifier.classifier === 'gaussian-nb')!.classifier;
    expect(committee.members).toHaveLength(2);
  }, 240_000);
});
