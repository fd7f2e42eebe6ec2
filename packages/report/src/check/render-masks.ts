import type { CaseInspection } from '@sentinode/study';
import { casePicture, regionLegend } from './case-pictures.ts';
import { checkPage, checkTable } from './check-page.ts';

/** Masks of several readers on their image, and how far they agree, as one page that needs no network. */
export function renderMasks(
  notice: string,
  pictures: Pick<CaseInspection, 'near' | 'whole'>,
  readers: readonly string[],
  agreement: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] },
): string {
  return checkPage(
    'Masks of several readers',
    [notice],
    [
      casePicture('Planes with the largest area of the first mask', pictures),
      regionLegend(readers),
      checkTable('Agreement', agreement.columns, agreement.rows),
    ],
  );
}
