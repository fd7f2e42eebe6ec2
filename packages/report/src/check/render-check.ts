import type { StudyCheck } from '@sentinode/study';
import { style } from '../html/style.ts';
import { escapeText } from '../text/escape.ts';
import { regionPicture } from './region-picture.ts';

function table(caption: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return `<p class="missing">${escapeText(caption)}: none.</p>`;
  const head = columns.map((column) => `<th scope="col">${escapeText(column)}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeText(cell)}</td>`).join('')}</tr>`)
    .join('');
  return `<div class="wide"><table><caption>${escapeText(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** The check of a study as one page that needs no network. */
export function renderCheck(check: StudyCheck): string {
  const patients = [...new Set(check.pictures.map(({ patient }) => patient))];
  const pictures = patients.map(
    (patient) =>
      `<h3>${escapeText(patient)}</h3><div>${check.pictures
        .filter((picture) => picture.patient === patient)
        .map(regionPicture)
        .join(' ')}</div>`,
  );
  const flow = check.flow.flatMap(({ label, n, events, excluded }) => [
    ...excluded.map((reason) => [
      `  left: ${reason.reason}`,
      String(reason.n),
      reason.events === null ? '' : String(reason.events),
    ]),
    [label, String(n), events === null ? '' : String(events)],
  ]);
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeText(check.study)} – check</title><style>${style}</style></head>`,
    `<body><div class="notice" role="note"><b>${escapeText([check.notice, ...check.banners.map((banner) => `${banner}.`)].join(' '))}</b></div><div class="page" style="display:block"><main><h1>${escapeText(check.study)}: check</h1>`,
    `<p class="lead">Before the run: who takes part, what is missing, how images and regions lie, and how many grey levels the regions have.</p>`,
    table(
      'Images that cannot be measured',
      ['patient', 'image', 'problem'],
      check.failed.map(({ files, error }) => [
        files.patient,
        `${files.visit} ${files.sequence}`,
        error.message,
      ]),
    ),
    table('Patients', ['step', 'n', 'events'], flow),
    table(
      'Patients who drop out',
      ['patient', 'step', 'reason'],
      check.excluded.map(({ patient, step, reason }) => [patient, step, reason]),
    ),
    table(
      'Missing cells',
      ['variable', 'missing', 'of'],
      check.missing.map(({ variable, n, of }) => [variable, String(n), String(of)]),
    ),
    ...(pictures.length === 0 ? [] : ['<h2>Largest tumour slice of each image</h2>', ...pictures]),
    table(
      'Images and regions',
      [
        'patient',
        'image',
        'voxels',
        'spacing, mm',
        'region, voxels',
        'measured, voxels',
        'grey levels',
        'warnings',
      ],
      check.images.map((image) => [
        image.patient,
        `${image.visit} ${image.sequence}`,
        image.size.join(' × '),
        image.spacing.map((value) => String(Math.round(value * 1000) / 1000)).join(' × '),
        String(image.voxels),
        String(image.measuredVoxels),
        String(image.greyLevels),
        image.warnings.join(' '),
      ]),
    ),
    '</main></div></body></html>',
    '',
  ].join('\n');
}
