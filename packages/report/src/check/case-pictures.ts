import type { CaseInspection, MaskProblem, PlaneView } from '@sentinode/study';
import { escapeText } from '../text/escape.ts';
import { planePicture, regionColours } from './plane-picture.ts';

const row = (pictures: readonly string[]): string => `<div class="planes">${pictures.join(' ')}</div>`;

/** One case: the whole axial plane, and three planes close by through the largest areas of the first region. */
export function casePicture(title: string, { near, whole }: Pick<CaseInspection, 'near' | 'whole'>): string {
  return `<figure class="case"><figcaption><b>${escapeText(title)}</b></figcaption>${row([
    ...whole
      .filter((view) => !shownNearBy(view, near))
      .map((view) => planePicture(view, { caption: 'whole field' })),
    ...near.map((view) => planePicture(view, { caption: `${view.plane}, ${millimetres(view)}` })),
  ])}</figure>`;
}

/** Whether the picture close by shows all of the field anyway. */
function shownNearBy(view: PlaneView, near: readonly PlaneView[]): boolean {
  const same = near.find(({ plane }) => plane === view.plane);
  return same !== undefined && same.pitch > 0.9 * view.pitch;
}

const millimetres = ({ pitch, width }: { readonly pitch: number; readonly width: number }): string =>
  `${Math.round(pitch * width)} mm`;

/** What the colours of the outlines stand for. */
export function regionLegend(names: readonly string[]): string {
  return `<p class="legend">${names
    .map(
      (name, k) =>
        `<span style="border-bottom:3px solid ${regionColours[k % regionColours.length]}">${escapeText(name)}</span>`,
    )
    .join(' ')}</p>`;
}

/** A mask that does not lie on its image: where both are, why, and what the repair would do. */
export function mismatchPicture(title: string, problem: Pick<MaskProblem, 'error' | 'mismatch'>): string {
  const { mismatch, error } = problem;
  const repaired = mismatch?.repair != null;
  const views = mismatch?.views ?? [];
  return [
    `<figure class="case"><figcaption><b>${escapeText(title)}</b>${mismatch === null ? '' : ` <code>${escapeText(mismatch.cause)}</code>`}<br>${escapeText(error.message)}</figcaption>`,
    views.length === 0
      ? ''
      : row(views.map((view) => planePicture(view, { caption: view.plane, boxes: true }))),
    views.length === 0
      ? ''
      : regionLegend(['mask where its header puts it', ...(repaired ? ['mask once repaired'] : [])]),
    mismatch === null
      ? ''
      : `<p class="note">${escapeText(mismatch.repair === null ? 'No repair is certain: look at it, and draw or export the mask again.' : `Repair: ${mismatch.repair}`)}</p>`,
    '</figure>',
  ].join('');
}
