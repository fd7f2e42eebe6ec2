import type { StudyResults } from '@sentinode/study';
import type { Figure } from '../figures/figure.ts';
import type { Printed } from '../printed.ts';
import type { ReportTable, Tabled } from '../tables/report-table.ts';
import { escapeText } from '../text/escape.ts';
import { sentenceCase } from '../text/sentence-case.ts';

/** A cell that reads as a number, an interval or a p value; longer ones may break before their interval. */
const numeric = /^[<−\d.][\d.,%\s()–−to<±[\]]*$/;

/** A table with its title and note. */
export function tableHtml(
  table: ReportTable,
  results: StudyResults,
  cells: Tabled = table.cells(results),
): string {
  if ('missing' in cells) return missing(table.title, cells.missing);
  const head = cells.columns.map((column) => `<th scope="col">${escapeText(column)}</th>`).join('');
  const rows = cells.rows.map((row) => {
    const level = row[0]?.startsWith('  ') === true;
    const line = row.map((content, index) => {
      const kind =
        index === 0 && level ? ' class="level"' : index > 0 && numeric.test(content) ? ' class="number"' : '';
      return `<td${kind}>${cellHtml(content.trim())}</td>`;
    });
    return `<tr>${line.join('')}</tr>`;
  });
  return `<div class="wide" id="table-${escapeText(table.name)}" role="region" tabindex="0" aria-label="${escapeText(table.title)}"><table><caption>${escapeText(table.title)}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div><p class="note">${escapeText(sentenceCase(table.note(results)))}${placesHtml(table.from)}</p>`;
}

/** A figure with its caption. */
export function figureHtml(figure: Figure, { results, figures }: Printed): string {
  const drawn = figures.get(figure.name)!;
  if ('missing' in drawn) return missing(figure.title, drawn.missing);
  return `<figure id="figure-${figure.name}">${drawn.svg}<figcaption><b>${escapeText(figure.title)}.</b> ${escapeText(figure.caption(results))}${placesHtml(figure.from)}</figcaption></figure>`;
}

/** Where the numbers stand with all their digits. */
export function placesHtml(from: readonly string[]): string {
  return from.length === 0
    ? ''
    : ` <span class="from">metrics.json: ${from.map((place) => escapeText(place)).join(', ')}</span>`;
}

/** What these results do not have, and why. */
function missing(title: string, reason: string): string {
  return `<p class="missing">${escapeText(title)}: not computed, ${escapeText(reason)}.</p>`;
}

/** A list of sentences. */
export function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${escapeText(item)}</li>`).join('')}</ul>`;
}

/** A cell whose interval stays in one piece when the line breaks. */
function cellHtml(content: string): string {
  const match = /^(\S+) (\(.*\))$/.exec(content);
  if (match === null || !numeric.test(content)) return escapeText(content);
  return `${escapeText(match[1]!)} <span class="ci">${escapeText(match[2]!)}</span>`;
}
