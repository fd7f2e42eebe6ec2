import type { CasePicture, LockedModel, PatientPrediction } from '@sentinode/study';
import { element, text } from '../drawing/svg.ts';
import { style } from '../html/style.ts';
import { escapeText } from '../text/escape.ts';
import { significant } from '../text/numbers.ts';
import { regionPicture } from './region-picture.ts';

/** What stands on a sheet beside the prediction. */
export interface SheetSetting {
  readonly model: LockedModel;
  /** State of the bundle's signature, in a sentence. */
  readonly signature: string;
}

/** Colours of a contribution, safe for colour-blind readers. */
const raises = '#0b5394';
const lowers = '#b35900';
/** Contributions that are drawn; the rest are one bar. */
const DRAWN = 8;

const sheetStyle = `
.patient{max-width:48rem;margin:0 auto;padding:1rem 1.25rem;break-after:page}
.patient:last-child{break-after:auto}
.answer{display:grid;grid-template-columns:12rem 1fr;gap:1.2rem;align-items:center;border:1px solid var(--line);border-radius:6px;padding:.8rem 1rem}
.answer b{display:block;font-size:2rem;line-height:1.2}
.domain-in{color:#1b5e20}.domain-warned{color:#8a3d00}.domain-refused{color:#9b1c1c}
.pictures{display:flex;flex-wrap:wrap;gap:.4rem}.pictures svg{width:calc(16.6% - .4rem);height:auto}
.patient h1{font-size:1.3rem}.patient h2{font-size:1rem;margin:1rem 0 .3rem;border-bottom:1px solid var(--line)}
.patient table{font-size:.78rem}.patient td{padding:.16rem .5rem}.patient p{font-size:.85rem}.patient .note{margin:.2rem 0}
@media print{.patient{padding:0;max-width:none}.notice{position:static}.patient p{font-size:8.5pt}.patient table{font-size:8pt}.patient table,.patient figure{break-inside:auto}@page{size:A4;margin:12mm}}
`;

/** Sheets to print, one for each patient: answer, domain, contributions, pictures, and what the interval covers. */
export function renderPredictions(
  predictions: readonly PatientPrediction[],
  pictures: readonly CasePicture[],
  setting: SheetSetting,
): string {
  const { notice, banners, name } = setting.model;
  const warning = [notice, ...banners.map((banner) => `${banner}.`)].map(escapeText).join(' ');
  const sheets = predictions
    .map((one) =>
      sheetOf(
        one,
        pictures.filter(({ patient }) => patient === one.id),
        setting,
      ),
    )
    .join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Prediction, model ${escapeText(name)}</title><style>${style}${sheetStyle}</style></head>
<body><div class="notice" role="note"><b>${warning}</b></div><main>
${sheets}
</main></body></html>
`;
}

const domainWords = {
  in: 'in the domain of the model',
  warned: 'at the edge of the domain of the model',
  refused: 'outside the domain of the model: refused, no number is given',
} as const;

function sheetOf(
  one: PatientPrediction,
  pictures: readonly CasePicture[],
  { model, signature }: SheetSetting,
): string {
  const { trainedOn } = model;
  return [
    `<article class="patient"><h1>Patient ${escapeText(one.id)}</h1>`,
    `<p class="note">Probability of ${escapeText(one.outcome)} by the locked model ${escapeText(one.model)} (${escapeText(model.classifier.classifier)}) of the study “${escapeText(model.study)}”${trainedOn === undefined ? '' : `, trained on ${trainedOn.n} patients, ${trainedOn.events} of them with the outcome`}.</p>`,
    answerOf(one),
    `<h2>Domain check: <span class="domain-${one.domain}">${domainWords[one.domain]}</span></h2>`,
    one.reasons.length === 0
      ? ''
      : `<ul>${one.reasons.map((reason) => `<li>${escapeText(reason)}</li>`).join('')}</ul>`,
    `<p class="note">Compared: ${escapeText(one.domainChecked.join('; '))}.</p>`,
    one.probability === null ? '' : contributionsOf(one),
    pictures.length === 0
      ? ''
      : `<h2>Images</h2><div class="pictures">${pictures.map(regionPicture).join('')}</div><p class="note">The slice of each image with the largest region, and the outline of the region.</p>`,
    `<h2>How to read this</h2><p>${escapeText(sentence(one.intervalNote))}</p>`,
    `<p>Cut-off ${significant(one.threshold)}: ${escapeText(one.thresholdRule)}.</p>`,
    model.intendedUse === undefined ? '' : `<p>Intended use. ${escapeText(model.intendedUse)}</p>`,
    `<p class="note">${escapeText(signature)} Engine ${escapeText(model.engine)}, profile ${escapeText(model.profile)}. <b>${escapeText(one.notice)}</b></p></article>`,
  ].join('\n');
}

const sentence = (words: string): string => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;

function answerOf({ probability, interval, threshold, outcome, class: call }: PatientPrediction): string {
  if (probability === null)
    return '<div class="answer"><div><b class="domain-refused">refused</b></div><p>No probability, class or contribution is given for this patient. The reasons stand below.</p></div>';
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const range =
    interval === null ? 'no interval' : `95 % interval ${percent(interval[0])} to ${percent(interval[1])}`;
  return `<div class="answer"><div><b>${percent(probability)}</b>${range}</div><div>${scale(probability, interval, threshold)}<p class="note">${call === 1 ? 'At or above' : 'Below'} the cut-off: counted as ${call === 1 ? escapeText(outcome) : `not ${escapeText(outcome)}`}.</p></div></div>`;
}

/** The probability on a line from 0 to 1, with its interval and the cut-off. */
function scale(probability: number, interval: PatientPrediction['interval'], threshold: number): string {
  const x = (value: number): number => Math.round((10 + 380 * value) * 100) / 100;
  return element(
    'svg',
    {
      viewBox: '0 0 400 52',
      width: 400,
      height: 52,
      style: 'max-width:100%',
      role: 'img',
      'aria-label': 'probability, interval and cut-off on a line from 0 to 1',
    },
    element('line', { x1: 10, x2: 390, y1: 20, y2: 20, stroke: '#9aa5b1', 'stroke-width': 2 }),
    ...[0, 0.25, 0.5, 0.75, 1].map((value) =>
      text(x(value), 46, String(value), { 'font-size': 10, 'text-anchor': 'middle', fill: '#5f6b7a' }),
    ),
    interval === null
      ? ''
      : element('line', {
          x1: x(interval[0]),
          x2: x(interval[1]),
          y1: 20,
          y2: 20,
          stroke: raises,
          'stroke-width': 7,
          'stroke-opacity': 0.45,
        }),
    element('line', {
      x1: x(threshold),
      x2: x(threshold),
      y1: 8,
      y2: 32,
      stroke: '#1d2733',
      'stroke-dasharray': '3 2',
    }),
    element('circle', { cx: x(probability), cy: 20, r: 6, fill: raises }),
  );
}

function contributionsOf(one: PatientPrediction): string {
  const ranked = [...one.predictors].sort(
    (a, b) => Math.abs(b.contribution ?? 0) - Math.abs(a.contribution ?? 0),
  );
  if (ranked.length === 0) return '<p>The model has no predictor.</p>';
  const shown = ranked.slice(0, DRAWN);
  const rest = ranked.slice(DRAWN).reduce((sum, { contribution }) => sum + (contribution ?? 0), 0);
  const most = Math.max(...ranked.map(({ contribution }) => Math.abs(contribution ?? 0)), 1e-12);
  const rows = shown.map(({ variable, value, unit, trainingMean, contribution }) => {
    const given = typeof value === 'number' ? significant(value) : (value ?? 'imputed');
    return `<tr><td>${escapeText(variable)}</td><td>${escapeText(`${given}${unit === null ? '' : ` ${unit}`}`)}</td><td>${trainingMean === null ? '' : significant(trainingMean)}</td><td class="number">${signed(contribution ?? 0)}</td><td>${bar(contribution ?? 0, most)}</td></tr>`;
  });
  const more =
    ranked.length > DRAWN
      ? `<tr><td>${ranked.length - DRAWN} more</td><td></td><td></td><td class="number">${signed(rest)}</td><td>${bar(rest, Math.max(most, Math.abs(rest)))}</td></tr>`
      : '';
  return `<h2>Contributions: ${escapeText(one.contributionMethod ?? '')}</h2><table><thead><tr><th scope="col">Predictor</th><th scope="col">This patient</th><th scope="col">Training mean</th><th scope="col">Contribution</th><th scope="col"><span style="color:${lowers}">lowers</span> | <span style="color:${raises}">raises</span></th></tr></thead><tbody>${rows.join('')}${more}</tbody></table><p class="note">${escapeText(sentence(one.contributionNote ?? ''))}. Without contributions: ${significant(one.contributionBase ?? 0)}. Contributions say how the model came to its number, not what causes the outcome.</p>`;
}

const signed = (value: number): string =>
  `${value < 0 ? '−' : '+'}${significant(Math.abs(value)).replace('−', '')}`;

function bar(value: number, most: number): string {
  const width = Math.round((60 * Math.abs(value) * 100) / most) / 100;
  return element(
    'svg',
    { viewBox: '0 0 124 12', width: 124, height: 12, 'aria-hidden': 'true' },
    element('line', { x1: 62, x2: 62, y1: 0, y2: 12, stroke: '#9aa5b1' }),
    element('rect', {
      x: value < 0 ? 62 - width : 62,
      y: 2,
      width,
      height: 8,
      fill: value < 0 ? lowers : raises,
    }),
  );
}
