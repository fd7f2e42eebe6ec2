import { style } from '../html/style.ts';
import { escapeText } from '../text/escape.ts';

const own = `
.planes{display:flex;flex-wrap:wrap;gap:.35rem;align-items:flex-end}
.case{margin:.3rem .9rem .9rem 0}
.case figcaption{margin:0 0 .25rem;color:var(--ink)}
figure.case svg{border:0;border-radius:0}
.cases{display:flex;flex-wrap:wrap}
.legend span{margin-right:.8rem;font-size:.83rem}
`.trim();

/** A page that needs no network. */
export function checkPage(title: string, notices: readonly string[], content: readonly string[]): string {
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeText(title)} – check</title><style>${style}${own}</style></head>`,
    `<body><div class="notice" role="note"><b>${escapeText(notices.join(' '))}</b></div><div class="page" style="display:block"><main><h1>${escapeText(title)}: check</h1>`,
    ...content,
    '</main></div></body></html>',
    '',
  ].join('\n');
}

/** A table, or the words that there is nothing to list. */
export function checkTable(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return `<p class="missing">${escapeText(caption)}: none.</p>`;
  const head = columns.map((column) => `<th scope="col">${escapeText(column)}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeText(cell)}</td>`).join('')}</tr>`)
    .join('');
  return `<div class="wide"><table><caption>${escapeText(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
