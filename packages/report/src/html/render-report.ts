import type { StudyResults } from '@sentinode/study';
import { checklistTable } from '../checklists/checklist.ts';
import { checklists } from '../checklists/index.ts';
import { figures } from '../figures/index.ts';
import type { Printed } from '../printed.ts';
import { chapterHtml, chapters } from '../prose/index.ts';
import { tables } from '../tables/index.ts';
import { escapeText } from '../text/escape.ts';
import { modelName } from '../text/model-names.ts';
import { aucEstimate, count, decimal, significant } from '../text/numbers.ts';
import { figureHtml, list, placesHtml, tableHtml } from './parts.ts';
import { style } from './style.ts';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

/**
 * The whole report as one page that needs no network: pictures, style and text inside.
 * @param seen what the network saw, as `contactSheet` draws it; empty where there is nothing
 */
export function renderReport(printed: Printed, seen = ''): string {
  const { results } = printed;
  const sections = sectionsOf(printed, seen);
  const contents = sections
    .map(({ id, title }) => `<li><a href="#${id}">${escapeText(title)}</a></li>`)
    .join('');
  const body = sections.map(
    ({ id, title, body: content }) =>
      `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${escapeText(title)}</h2>${content}</section>`,
  );
  const { study, notice } = results;
  const warning = [notice, ...study.banners.map((banner) => `${banner}.`)]
    .map((line) => `<b>${escapeText(line)}</b>`)
    .join(' ');
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeText(study.name)} – report</title><style>${style}</style></head>`,
    `<body><div class="notice" role="note">${warning}</div><div class="page"><nav aria-label="Contents"><ol>${contents}</ol></nav><main>`,
    `<header><h1>${escapeText(study.name)}</h1><p class="lead">Prediction of ${escapeText(study.outcome)} = ${escapeText(study.positive)}. Profile ${escapeText(study.profile)}, seed ${study.seed}, from ${sources[study.source] ?? escapeText(study.source)}.</p></header>`,
    ...body,
    `<footer>${warning}<br>Every number of this page stands with all its digits in <code>metrics.json</code>, at the places named (* stands for every entry); versions, hashes and seeds in <code>provenance.json</code>; patients in <code>ledger.csv</code>.</footer></main></div></body></html>`,
    '',
  ].join('\n');
}

const sources: Readonly<Record<string, string>> = {
  images: 'images',
  features: 'feature tables',
  clinical: 'the clinical table alone',
};

function sectionsOf(printed: Printed, seen: string): Section[] {
  const { results } = printed;
  const figure = (name: string): string => figureHtml(figures.find((one) => one.name === name)!, printed);
  const table = (name: string): string =>
    tableHtml(tables.find((one) => one.name === name)!, results, printed.tables.get(name)!);
  return [
    { id: 'summary', title: 'Summary', body: summary(results) + figure('auc') },
    {
      id: 'patients',
      title: 'Patients',
      body:
        figure('flowchart') +
        table('baseline') +
        table('baseline-training') +
        table('baseline-validation') +
        table('baseline-cohorts') +
        (results.study.source === 'images' ? table('acquisition') + table('scans') : '') +
        (results.derivation === null ? '' : table('derived-variables') + table('derivation-conflicts')),
    },
    ...(seen === '' ? [] : [{ id: 'pictures', title: 'What the network saw', body: seen }]),
    {
      id: 'selection',
      title: 'Selection of predictors',
      body: [
        figure('agreement'),
        results.study.source === 'images' ? table('reader-masks') : '',
        figure('selection'),
        table('selection'),
        table('kept-columns'),
        figure('lasso'),
        figure('variance'),
      ].join(''),
    },
    {
      id: 'clinical',
      title: 'Clinical variables',
      body:
        table('clinical-regression') +
        table('firth') +
        (results.imputation === null
          ? ''
          : table('missing-values') + table('imputation-coefficients') + table('imputation-auc')),
    },
    {
      id: 'models',
      title: 'Models',
      body:
        models(results) +
        `<p class="note">${placesHtml(['/models/*/predictors', '/models/*/threshold', '/models/*/eventsPerVariable', '/models/*/formula'])}</p>` +
        table('sample-size') +
        figure('coefficients') +
        figure('nomogram') +
        figure('correlation'),
    },
    {
      id: 'discrimination',
      title: 'Discrimination',
      body: [
        figure('roc'),
        figure('roc-band'),
        table('classifiers'),
        table('performance'),
        table('confusion'),
        table('prevalence'),
        table('centres'),
        figure('subgroups'),
        `<details><summary>Results by subgroup</summary>${table('subgroups')}</details>`,
        figure('delong-matrix'),
        `<details><summary>${escapeText('DeLong tests pair by pair')}</summary>${table('delong-matrix')}${table('delong')}</details>`,
        table('bootstrap-differences'),
        table('training-minus-validation'),
        table('reclassification'),
        table('adjacent-slices'),
        figure('score-distribution'),
        figure('waterfall'),
        figure('confusion-matrices'),
      ].join(''),
    },
    {
      id: 'resampling',
      title: 'Resampling',
      body: [
        table('nested-cross-validation'),
        table('optimism'),
        figure('stability'),
        table('stability'),
        table('ablations'),
      ].join(''),
    },
    { id: 'calibration', title: 'Calibration', body: figure('calibration') + table('calibration') },
    {
      id: 'usefulness',
      title: 'Decision curves',
      body: figure('decision-curve') + figure('decision-band') + figure('interventions-avoided'),
    },
    {
      id: 'profiles',
      title: 'Two profiles side by side',
      body: table('profiles') + table('profile-reasons'),
    },
    {
      id: 'audit',
      title: 'Leakage audit',
      body: findings(results) + table('audit') + table('validation-reads'),
    },
    {
      id: 'text',
      title: 'Text for a manuscript',
      body: `<p>Sentences from settings and computed values only. Each value names its place in metrics.json (hold the pointer on it; text.md lists them).</p>${chapters(results).map(chapterHtml).join('')}`,
    },
    {
      id: 'checklists',
      title: 'Checklists',
      body: checklists
        .map(
          (one) =>
            `<details><summary>${escapeText(one.title)}</summary>${tableHtml(checklistTable(one, printed), results)}</details>`,
        )
        .join(''),
    },
    { id: 'limits', title: 'Known weaknesses and what is not computed', body: limits(results) },
  ];
}

function summary(results: StudyResults): string {
  const { training, validation } = results.cohorts;
  const rate = ({ n, events }: { n: number; events: number }): string =>
    `${events} of ${n} (${decimal((100 * events) / n, 1)} %)`;
  const cards = [
    [
      'Patients in the study',
      String(training.n + validation.n),
      `${count(results.flow[0]?.n ?? 0)} screened`,
    ],
    ['Training cohort', String(training.n), `${rate(training)} with the event`],
    ['Validation cohort', String(validation.n), `${rate(validation)} with the event`],
    ...results.models.map((model) => [
      `${modelName(model.name)}, validation AUC`,
      decimal(model.validation.auc.auc),
      `95 % CI ${aucEstimate(model.validation.auc).replace(/^.*\((.*)\)$/, '$1')}; training ${decimal(model.training.auc.auc)}`,
    ]),
  ];
  const remarks = results.study.remarks.length === 0 ? '' : `<h3>Remarks</h3>${list(results.study.remarks)}`;
  return `<div class="cards">${cards.map(([title, value, detail]) => `<div class="card"><span>${escapeText(title!)}</span><b>${escapeText(value!)}</b><span>${escapeText(detail!)}</span></div>`).join('')}</div><p class="note">${placesHtml(['/cohorts', '/flow/0/n', '/models/*/*/auc'])}</p>${remarks}`;
}

function models(results: StudyResults): string {
  return results.models
    .map((model) => {
      const { byColumns, byVariables, byCandidates } = model.eventsPerVariable;
      const epv =
        byColumns === null
          ? 'The model has no predictor.'
          : `Training events (rarer class) per column: ${decimal(byColumns, 1)}; per variable: ${decimal(byVariables, 1)}; per candidate column before selection: ${significant(byCandidates, 2)}.`;
      return `<h3>${escapeText(modelName(model.name))}</h3><p>${model.predictors.length} predictors, ${escapeText(model.classifier)}; cut-off ${significant(model.threshold)} (${escapeText(model.thresholdRule)}). ${epv}</p>${model.formula === null ? '' : `<p class="formula">${escapeText(model.formula)}</p>`}`;
    })
    .join('');
}

function findings({ audit }: StudyResults): string {
  if (audit.findings.length === 0) return '<p>The audit found nothing.</p>';
  return list(
    audit.findings.map(
      ({ severity, message, where, rows, matters }) =>
        `${severity}: ${message} Where: ${where}${rows === 0 ? '' : `, ${rows} rows`}. ${matters}`,
    ),
  );
}

function limits(results: StudyResults): string {
  const weak = results.weaknesses.map(({ where, message }) => `${where}: ${message}`);
  const lacking = results.notComputed.map(({ item, reason }) => `${item}: ${reason}.`);
  return [
    weak.length === 0
      ? ''
      : `<h3>Weak points of the profile ${escapeText(results.study.profile)}</h3>${list(weak)}`,
    lacking.length === 0 ? '' : `<h3>Not computed</h3>${list(lacking)}`,
  ].join('');
}
