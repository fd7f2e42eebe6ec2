import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StudyResults } from '@sentinode/study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv, readJson, reference } from '../../../../reference/locator.ts';
import { filesUnder, sentinode } from '../testing/command.ts';

/** Largest differences allowed, as reference/reference-study/SOURCE.md gives them. */
const tolerance = { exact: 1e-9, fitted: 1e-6, fisher: 1e-7, shapiro: 1e-6 };
const expected = (...parts: string[]): string => reference('reference-study', 'expected', ...parts);
const cohorts = ['training', 'validation'] as const;

/** Relative above 1, absolute below. */
function close(got: number | null | undefined, wanted: string | number, allowed: number, what: string): void {
  const value = Number(wanted);
  expect(Math.abs((got ?? Number.NaN) - value), `${what}: ${got} for ${value}`).toBeLessThanOrEqual(
    allowed * Math.max(1, Math.abs(value)),
  );
}

describe('sentinode run on the reference study', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentinode-reference-'));
  let results: StudyResults;
  beforeAll(() => {
    const { code, err } = sentinode([
      'run',
      reference('reference-study', 'study.yaml'),
      '--out',
      folder,
      '--quiet',
    ]);
    expect(code, err).toBe(0);
    results = JSON.parse(filesUnder(folder).get('metrics.json')!.toString());
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const modelOf = (name: string) => results.models.find((model) => model.name === name)!;

  it('leaves the same columns after every step', () => {
    const steps = readJson<
      Record<string, { step: string; count: number; columns?: string[]; factors?: string[] }[]>
    >(expected('steps.json'));
    for (const [block, wanted] of Object.entries(steps)) {
      for (const { step, count, columns, factors } of wanted) {
        const found = results.selection[block]!.steps.find((one) => one.step === step)!;
        expect(found.count, `${block} ${step}`).toBe(count);
        const names = factors ?? columns;
        if (names !== undefined) expect(found.names, `${block} ${step}`).toEqual(names);
      }
    }
  });

  it('fits the same models', () => {
    const models = readJson<
      Record<
        string,
        {
          columns: string[];
          coefficients: number[];
          intercept: number;
          threshold: number;
          epv_columns: number;
          epv_variables: number;
        }
      >
    >(expected('models.json'));
    for (const [name, wanted] of Object.entries(models)) {
      const model = modelOf(name);
      expect(model.predictors.map((one) => one.name)).toEqual(wanted.columns);
      model.predictors.forEach((one, index) => {
        close(one.coefficient, wanted.coefficients[index]!, tolerance.fitted, `${name} ${one.name}`);
      });
      close(model.intercept, wanted.intercept, tolerance.fitted, `${name} intercept`);
      close(model.threshold, wanted.threshold, tolerance.fitted, `${name} threshold`);
      close(model.eventsPerVariable.byColumns, wanted.epv_columns, tolerance.exact, `${name} EPV by columns`);
      close(
        model.eventsPerVariable.byVariables,
        wanted.epv_variables,
        tolerance.exact,
        `${name} EPV by variables`,
      );
    }
  });

  it('predicts the same probabilities', () => {
    const found = new Map<string, number>(
      results.models.flatMap((model) =>
        cohorts.flatMap((cohort) =>
          model[cohort].predictions.map(
            (one) => [`${one.id} ${cohort} ${model.name}`, one.probability] as const,
          ),
        ),
      ),
    );
    const rows = readCsv(expected('predictions.csv'));
    expect(rows).toHaveLength(found.size);
    for (const row of rows)
      close(
        found.get(`${row.patient} ${row.cohort} ${row.model}`),
        row.probability!,
        tolerance.fitted,
        `${row.patient} ${row.model}`,
      );
  });

  it('gives the same AUCs, intervals and DeLong tests', () => {
    for (const row of readCsv(expected('auc.csv'))) {
      const { auc } = modelOf(row.model!)[row.cohort as 'training'];
      close(auc.auc, row.auc!, tolerance.exact, `AUC ${row.model}`);
      close(auc.ci[0], row.ci_low!, tolerance.exact, `AUC low ${row.model}`);
      close(auc.ci[1], Math.min(1, Number(row.ci_high)), tolerance.exact, `AUC high ${row.model}`);
    }
    const tests = readCsv(expected('delong.csv'));
    expect(results.delong).toHaveLength(tests.length);
    for (const row of tests) {
      const found = results.delong.find(
        (one) => one.cohort === row.cohort && one.a === row.a && one.b === row.b,
      )!;
      close(found.difference, row.difference!, tolerance.exact, 'difference');
      close(found.z, row.z!, tolerance.exact, 'z');
      close(found.p, row.p!, tolerance.exact, 'p');
    }
  });

  it('gives the same rates with their intervals', () => {
    type Rate = { value: number | null; ci: [number, number] | null };
    type Metrics = Record<'tp' | 'fp' | 'fn' | 'tn' | 'brier' | 'f1', number> &
      Record<'accuracy' | 'sensitivity' | 'specificity' | 'ppv' | 'npv', Rate>;
    const metrics = readJson<Record<string, Record<'training' | 'validation', Metrics>>>(
      expected('metrics.json'),
    );
    for (const [name, byCohort] of Object.entries(metrics)) {
      for (const cohort of cohorts) {
        const wanted = byCohort[cohort];
        const { confusion, calibration } = modelOf(name)[cohort];
        expect([confusion.tp, confusion.fp, confusion.fn, confusion.tn]).toEqual([
          wanted.tp,
          wanted.fp,
          wanted.fn,
          wanted.tn,
        ]);
        for (const rate of ['accuracy', 'sensitivity', 'specificity', 'ppv', 'npv'] as const) {
          if (wanted[rate].value === null) expect(confusion[rate].value).toBeNull();
          else {
            close(confusion[rate].value, wanted[rate].value, tolerance.exact, `${name} ${rate}`);
            wanted[rate].ci!.forEach((limit, side) => {
              close(confusion[rate].ci![side], limit, tolerance.exact, `${name} ${rate} limit`);
            });
          }
        }
        close(confusion.f1.value, wanted.f1, tolerance.exact, `${name} F1`);
        close(calibration!.brier, wanted.brier, tolerance.exact, `${name} Brier`);
      }
    }
  });

  it('gives the same calibration and decision curves', () => {
    for (const row of readCsv(expected('calibration.csv'))) {
      const found = modelOf(row.model!)[row.cohort as 'training'].calibration!;
      for (const [part, name] of [
        ['slope', 'slope'],
        ['intercept', 'intercept'],
        ['inTheLarge', 'in_the_large'],
      ] as const) {
        close(found[part].value, row[name]!, tolerance.fitted, `${row.model} ${name}`);
        close(found[part].ci[0], row[`${name}_low`]!, tolerance.fitted, `${row.model} ${name} low`);
        close(found[part].ci[1], row[`${name}_high`]!, tolerance.fitted, `${row.model} ${name} high`);
      }
      close(found.eAvg, row.val_prob_eavg!, tolerance.fitted, `${row.model} Eavg`);
      close(found.e90, row.val_prob_e90!, tolerance.fitted, `${row.model} E90`);
      close(found.eMax, row.val_prob_emax!, tolerance.fitted, `${row.model} Emax`);
    }
    for (const row of readCsv(expected('decision_curves.csv'))) {
      const { thresholds, model, all } = modelOf(row.model!)[row.cohort as 'training'].decision;
      const at = thresholds.indexOf(Number(row.threshold));
      close(model[at], row.net_benefit!, tolerance.exact, `${row.model} net benefit`);
      close(all[at], row.treat_all!, tolerance.exact, 'treat all');
    }
  });

  it('gives the same baseline tests', () => {
    const names: Record<string, string> = {
      't-test': 'Student t',
      'mann-whitney': 'Mann-Whitney',
      'chi-square': 'chi-square',
      fisher: 'Fisher exact',
    };
    for (const row of readCsv(expected('table1_tests.csv'))) {
      const found = results.baseline[row.cohort as 'all'].find((one) => one.variable === row.variable)!;
      expect(found.test).toBe(names[row.test!]);
      close(
        found.p,
        row.p!,
        row.test === 'fisher' ? tolerance.fisher : tolerance.exact,
        `${row.cohort} ${row.variable}`,
      );
    }
  });
});
