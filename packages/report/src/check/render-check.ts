import type { CaseInspection, ImageCheck, StudyCheck } from '@sentinode/study';
import { derivation, derivationConflicts } from '../tables/derivation/index.ts';
import { escapeText } from '../text/escape.ts';
import { casePicture, mismatchPicture, regionLegend } from './case-pictures.ts';
import { checkPage, checkTable } from './check-page.ts';

const round = (value: number, digits = 3): string => String(Number(value.toFixed(digits)));

/** Columns of a region, as the page of a study and that of a case print them. */
const regionColumns: readonly (readonly [string, (image: RegionRow) => string])[] = [
  ['voxels', ({ size }) => size.join(' × ')],
  ['spacing, mm', ({ spacing }) => spacing.map((value) => round(value)).join(' × ')],
  ['volume, ml', ({ millilitres }) => round(millilitres, 2)],
  ['slices', ({ slices }) => String(slices)],
  ['in the body', ({ inBody }) => `${round(100 * inBody, 0)} %`],
  [
    'labels: voxels',
    ({ labels }) =>
      labels
        .map(({ label, name, voxels }) => `${label}${name === undefined ? '' : ` ${name}`}: ${voxels}`)
        .join(', '),
  ],
  ['region, voxels', ({ voxels }) => String(voxels)],
  ['measured, voxels', ({ measuredVoxels }) => String(measuredVoxels)],
  ['grey levels', ({ greyLevels }) => String(greyLevels)],
  ['warnings', ({ warnings }) => warnings.join(' ')],
];

type RegionRow = Omit<ImageCheck, 'patient' | 'visit' | 'sequence'>;

const regionNote =
  'Slices: of the image, along its third axis. In the body: share of the region where the image shows more than background. Measured: voxels after resampling. Grey levels: of the original image type at the bin width of the settings.';

/** The check of a study as one page that needs no network. */
export function renderCheck(check: StudyCheck): string {
  return checkPage(
    check.study,
    [check.notice, ...check.banners.map((banner) => `${banner}.`)],
    [
      '<p class="lead">Before the run: who takes part, what is missing, how images and regions lie, and how many grey levels the regions have.</p>',
      ...failures(check),
      ...repairs(check),
      checkTable('Patients', ['step', 'n', 'events'], flowRows(check)),
      checkTable(
        'Patients who drop out',
        ['patient', 'step', 'reason'],
        check.excluded.map(({ patient, step, reason }) => [patient, step, reason]),
      ),
      checkTable(
        'Missing cells',
        ['variable', 'missing', 'of'],
        check.missing.map(({ variable, n, of }) => [variable, String(n), String(of)]),
      ),
      ...derivations(check),
      ...sheet(check),
      checkTable(
        'Images and regions',
        ['patient', 'image', ...regionColumns.map(([column]) => column)],
        check.images.map((image) => [
          image.patient,
          `${image.visit} ${image.sequence}`,
          ...regionColumns.map(([, cell]) => cell(image)),
        ]),
      ),
      check.images.length === 0 ? '' : `<p class="note">${escapeText(regionNote)}</p>`,
    ],
  );
}

/** One image and its masks as a page. */
export function renderCaseCheck(title: string, notice: string, found: CaseInspection): string {
  return checkPage(
    title,
    [notice],
    [
      ...found.problems.map((problem) => mismatchPicture(problem.file, problem)),
      ...(found.near.length === 0 ? [] : [casePicture('Largest planes', found), regionLegend(found.drawn)]),
      checkTable(
        'Region',
        regionColumns.map(([column]) => column),
        found.check === null ? [] : [regionColumns.map(([, cell]) => cell(found.check!))],
      ),
      `<p class="note">${escapeText(regionNote)}</p>`,
    ],
  );
}

function failures({ failed, source }: StudyCheck): string[] {
  if (failed.length === 0)
    return source === 'images' ? [checkTable('Images that cannot be measured', [], [])] : [];
  return [
    '<h2>Images that cannot be measured</h2>',
    ...failed.map(({ files, error, mismatch }) =>
      mismatchPicture(`${files.patient} ${files.visit} ${files.sequence}: ${error.file ?? files.image}`, {
        error,
        mismatch,
      }),
    ),
  ];
}

function repairs(check: StudyCheck): string[] {
  if (check.repairs.length === 0) return [];
  return [
    checkTable(
      'Masks that are read from repaired copies',
      ['patient', 'image', 'mask', 'copy', 'what was done'],
      check.repairs.map((one) => [
        one.patient,
        `${one.visit} ${one.sequence}`,
        one.mask,
        one.copy,
        one.sentence,
      ]),
    ),
  ];
}

function flowRows(check: StudyCheck): string[][] {
  const shown = (events: number | null): string => (events === null ? '' : String(events));
  return check.flow.flatMap(({ label, n, events, excluded }) => [
    ...excluded.map((reason) => [`  left: ${reason.reason}`, String(reason.n), shown(reason.events)]),
    [label, String(n), shown(events)],
  ]);
}

function derivations(check: StudyCheck): string[] {
  if (check.derivation === null) return [];
  return [derivation, derivationConflicts].map((table) => {
    const cells = table.cells({ derivation: check.derivation });
    return 'missing' in cells
      ? `<p class="missing">${escapeText(`${table.title}: ${cells.missing}.`)}</p>`
      : `${checkTable(table.title, cells.columns, cells.rows)}<p class="note">${escapeText(table.note({}))}</p>`;
  });
}

function sheet(check: StudyCheck): string[] {
  if (check.pictures.length === 0) return [];
  const patients = [...new Set(check.pictures.map(({ patient }) => patient))];
  const longest = check.pictures.reduce(
    (most, { inspection }) => (inspection.drawn.length > most.length ? inspection.drawn : most),
    [] as readonly string[],
  );
  const roles = longest.map((_, k) =>
    k === 0 ? 'mask that is measured' : `reader ${longest.length > 2 ? k : k + 1}`,
  );
  return [
    '<h2>Largest planes of each region</h2>',
    '<p class="note">Patient right is on the left. Each plane is the one with the largest area of the region, in the true proportions; under it the width of what it shows.</p>',
    regionLegend(roles),
    ...patients.map(
      (patient) =>
        `<h3>${escapeText(patient)}</h3><div class="cases">${check.pictures
          .filter((picture) => picture.patient === patient)
          .map(({ visit, sequence, inspection }) => casePicture(`${visit} ${sequence}`, inspection))
          .join('')}</div>`,
    ),
  ];
}
