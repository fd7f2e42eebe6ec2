import type { SeenPicture, StudyResults } from '@sentinode/study';
import { checklistTable } from './checklists/checklist.ts';
import { checklists } from './checklists/index.ts';
import { leastPrinted } from './disclosure/for-sharing.ts';
import { renderTables } from './docx/render-tables.ts';
import { renderReport } from './html/render-report.ts';
import { renderModelCard } from './model-card/render-model-card.ts';
import { contactSheet } from './pictures/contact-sheet.ts';
import { printAll } from './printed.ts';
import { textMarkdown } from './prose/index.ts';
import { tableCsv } from './tables/csv.ts';
import { tables } from './tables/index.ts';

/** A file of the report: path with `/` in the run folder, text or bytes. */
export interface RenderedFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Draws everything that is drawn of a run: `report.html`, `flowchart.svg`, `figures/*.svg`, `tables/*.csv`,
 * `tables.docx`, `checklists/*.csv`, `text.md`, `model-card.md`. Pure: the same
 * results give the same bytes. Figures that these results cannot have are named in the report with the reason.
 * @param pictures what the network saw; the report shows some of them small, unless it is to be shared
 */
export async function renderAll(
  given: StudyResults,
  pictures: readonly SeenPicture[] = [],
): Promise<RenderedFile[]> {
  const printed = printAll(given);
  const { results } = printed;
  const shown = leastPrinted(results) === 0 ? pictures : [];
  const lists = checklists.map((one) => checklistTable(one, printed));
  const drawn = [...printed.figures].flatMap(([name, found]): RenderedFile[] => {
    if ('missing' in found) return [];
    const path = name === 'flowchart' ? 'flowchart.svg' : `figures/${name}.svg`;
    return [{ path, content: `${found.svg}\n` }];
  });
  return [
    { path: 'report.html', content: renderReport(printed, await contactSheet(shown, results)) },
    ...drawn,
    { path: 'tables.docx', content: await renderTables(results, [...tables, ...lists]) },
    { path: 'text.md', content: textMarkdown(results) },
    { path: 'model-card.md', content: renderModelCard(results) },
    ...lists.map((list) => ({ path: `checklists/${list.name}.csv`, content: tableCsv(list, results) })),
    ...tables.map((table) => ({ path: `tables/${table.name}.csv`, content: tableCsv(table, results) })),
  ];
}
