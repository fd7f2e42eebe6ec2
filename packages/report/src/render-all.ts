import type { SeenPicture, StudyResults } from '@sentinode/study';
import { renderTables } from './docx/render-tables.ts';
import { figures } from './figures/index.ts';
import { renderReport } from './html/render-report.ts';
import { contactSheet } from './pictures/contact-sheet.ts';
import { tableCsv } from './tables/csv.ts';
import { tables } from './tables/index.ts';

/** A file of the report: path with `/` in the run folder, text or bytes. */
export interface RenderedFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Draws everything that is drawn of a run: `report.html`, `flowchart.svg`, `figures/*.svg`, `tables/*.csv`,
 * `tables.docx`. Pure: the same
 * results give the same bytes. Figures that these results cannot have are named in the report with the reason.
 * @param pictures what the network saw; the report shows some of them small
 */
export async function renderAll(
  results: StudyResults,
  pictures: readonly SeenPicture[] = [],
): Promise<RenderedFile[]> {
  const drawn = figures.flatMap((figure): RenderedFile[] => {
    const found = figure.draw(results);
    if ('missing' in found) return [];
    const path = figure.name === 'flowchart' ? 'flowchart.svg' : `figures/${figure.name}.svg`;
    return [{ path, content: `${found.svg}\n` }];
  });
  return [
    { path: 'report.html', content: renderReport(results, await contactSheet(pictures, results)) },
    ...drawn,
    { path: 'tables.docx', content: await renderTables(results, tables) },
    ...tables.map((table) => ({ path: `tables/${table.name}.csv`, content: tableCsv(table, results) })),
  ];
}
