import { readFileSync } from 'node:fs';
import { riskAtPoints } from '@sentinode/statistics';
import { beforeAll, describe, expect, it } from 'vitest';
import { reference } from '../../../../reference/locator.ts';
import type { StudyHost } from '../host/study-host.ts';
import { type ResamplingJob, runResampling } from '../resampling/job.ts';
import type { StudyResults } from '../results/study-results.ts';
import { parseStudy } from '../study-file/parse-study.ts';
import type { StudyOutcome } from './outcome.ts';
import { runStudy } from './run-study.ts';

const file = (path: string): Uint8Array => new Uint8Array(readFileSync(reference('reference-study', path)));

async function run(settings: string, more: Partial<StudyHost> = {}): Promise<StudyOutcome> {
  const host: StudyHost = {
    readInput: async (path) => file(path),
    hasInput: async () => false,
    cache: { get: async () => undefined, put: async () => undefined },
    extract: () => Promise.reject(new Error('no images here')),
    concurrency: 1,
    ...more,
  };
  const text = new TextDecoder().decode(file('study.yaml'));
  return runStudy(parseStudy(`${text}comparison: false\n${settings}`, 'study.yaml'), host);
}

describe('what a run computes beside discrimination', () => {
  let outcome: StudyOutcome;
  let results: StudyResults;
  const jobs: ResamplingJob[] = [];
  beforeAll(async () => {
    outcome = await run(
      'resampling: {bootstraps: 130, intervals: 0}\nstatistics: {resamples: 300, prevalences: [0.3], categories: [0.5], firth: always}\n',
    );
    results = outcome.results;
  }, 60_000);

  it('gives points that add up to the probability of the locked model', () => {
    for (const model of results.models) {
      const { nomogram } = model;
      const locked = outcome.models.find((one) => one.name === model.name)!;
      expect(nomogram!.axes.map((axis) => axis.variable)).toHaveLength(
        (locked.radiomics?.columns.length ?? 0) + (locked.deep?.columns.length ?? 0) + locked.clinical.length,
      );
      const { intercept, coefficients } = locked.classifier.state as {
        intercept: number;
        coefficients: readonly number[];
      };
      // a patient who has the first tick of every axis
      let points = 0;
      let odds = intercept;
      let at = 0;
      for (const axis of nomogram!.axes) {
        const tick = axis.ticks[0]!;
        points += tick.points;
        const factor = locked.clinical.find((variable) => variable.name === axis.variable);
        if (factor?.kind === 'factor') {
          const levels = factor.levels.filter((level) => level !== factor.reference);
          const own = levels.indexOf(String(tick.value));
          if (own >= 0) odds += coefficients[at + own]!;
          at += levels.length;
        } else if (factor?.kind === 'continuous') {
          odds += (coefficients[at++]! * (Number(tick.value) - factor.mean)) / factor.sd;
        } else odds += coefficients[at++]! * Number(tick.value);
      }
      expect(riskAtPoints(nomogram!, points)).toBeCloseTo(1 / (1 + Math.exp(-odds)), 10);
    }
  });

  it('fits the final models anew in every bootstrap, the same numbers on any thread', async () => {
    const other = await run('resampling: {bootstraps: 130, intervals: 0}\nstatistics: {resamples: 300}\n', {
      concurrency: 3,
      resample: async (job) => {
        jobs.push(job);
        await new Promise((done) => setTimeout(done, 5 * (jobs.length % 3)));
        return runResampling(structuredClone(job));
      },
    });
    expect(jobs).toHaveLength(8);
    expect(other.results.optimism).toEqual(results.optimism);
    for (const one of results.optimism) {
      const model = results.models.find(({ name }) => name === one.model)!;
      expect(one.scope).toBe('partial');
      expect(one.bootstraps).toBe(130);
      expect(one.auc.apparent).toBeCloseTo(model.training.auc.auc, 12);
      expect(one.slope!.apparent).toBeCloseTo(model.training.calibration!.slope.value, 8);
      // more predictors, more optimism than the two dummies of the clinical model
      if (one.model !== 'clinical')
        expect(one.auc.optimism).toBeGreaterThan(results.optimism[0]!.auc.optimism);
    }
  });

  it('tests every pair of models and both cohorts of each by bootstrap', () => {
    expect(results.comparisons).toHaveLength(12);
    for (const { cohort, a, b, auc, reclassification, categorical } of results.comparisons) {
      const delong = results.delong.find((one) => one.cohort === cohort && one.a === a && one.b === b)!;
      expect(auc.difference).toBeCloseTo(delong.difference, 12);
      // another estimate of the same error
      if (delong.z !== null) expect(auc.normal.statistic! / delong.z).toBeGreaterThan(0.8);
      if (delong.z !== null) expect(auc.normal.statistic! / delong.z).toBeLessThan(1.25);
      expect(reclassification.caution).toMatch(/Hilden/);
      expect(categorical!.method).toContain('0.5');
    }
    for (const { training, validation, trainingMinusValidation } of results.models)
      expect(trainingMinusValidation.difference).toBeCloseTo(training.auc.auc - validation.auc.auc, 12);
  });

  it('gives bands around the curves, sample sizes, other prevalences and Firth', () => {
    for (const { training, validation, sampleSize } of results.models) {
      for (const { decision, decisionBand, atPrevalence, n } of [training, validation]) {
        decision.model.forEach((value, k) => {
          expect(decisionBand.low[k]).toBeLessThanOrEqual(value + 1e-12);
          expect(decisionBand.high[k]).toBeGreaterThanOrEqual(value - 1e-12);
        });
        expect(atPrevalence.map((at) => [at.prevalence, at.n])).toEqual([[0.3, n]]);
      }
      expect(sampleSize[1]!.required.n).toBeGreaterThan(sampleSize[0]!.required.n);
    }
    const { clinical } = results;
    expect(clinical!.firth!.why).toContain('asked for');
    // the penalty pulls towards no effect
    const wald = clinical!.final.find((row) => row.term === 'subtype=HER2+')!;
    const firth = clinical!.firth!.final.find((row) => row.term === 'subtype=HER2+')!;
    expect(Math.abs(firth.coefficient!)).toBeLessThan(Math.abs(wald.coefficient!));
  });

  it('leaves out what is not asked for', async () => {
    const none = await run('resampling: {bootstraps: 0}\n');
    expect(none.results.optimism).toEqual([]);
    expect(none.results.clinical!.firth).toBeNull();
    expect(none.results.models.every((model) => model.validation.byCentre === null)).toBe(true);
  });
});
