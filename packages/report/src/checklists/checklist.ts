import { figures } from '../figures/index.ts';
import type { Printed } from '../printed.ts';
import { tables } from '../tables/index.ts';
import type { ReportTable } from '../tables/report-table.ts';

/**
 * What a run can say to an item. `filled`: what is asked for stands in the report, at the place named. `checked`: it was
 * computed, and the evidence is a value of this run. Everything else is left to a human, or lies outside the study.
 */
export type Answer =
  | { readonly status: 'filled'; readonly says: string; readonly rest: string }
  | { readonly status: 'checked'; readonly says: string; readonly rest: string }
  | { readonly status: 'left to a human'; readonly says: ''; readonly rest: string }
  | { readonly status: 'not applicable'; readonly says: string; readonly rest: '' };

/** One item: what it asks in our own words, and what this run says to it. */
export interface ChecklistItem {
  readonly id: string;
  readonly section: string;
  readonly asks: string;
  readonly answer: (printed: Printed) => Answer;
}

/** A reporting guideline. One folder each, one line in `checklists/index.ts`. */
export interface Checklist {
  /** File name without ending. */
  readonly name: string;
  readonly title: string;
  /** Where its items come from. */
  readonly source: string;
  readonly items: readonly ChecklistItem[];
  /** What the items add up to, for a guideline that has a score. */
  readonly score?: (printed: Printed) => string;
}

/** Nothing that a run computes answers this. */
export const human = (rest: string): Answer => ({ status: 'left to a human', says: '', rest });

/** A computed value answers this. */
export const checked = (says: string, rest = ''): Answer => ({ status: 'checked', says, rest });

/** Tables and figures of the report, by their names; left to a human where this run has none of them. */
export function filled(printed: Printed, names: readonly string[], rest = ''): Answer {
  const places = names.flatMap((name) => placeOf(printed, name));
  return places.length === 0
    ? human(`${rest === '' ? '' : `${rest}. `}Not in this run: ${names.join(', ')}.`)
    : { status: 'filled', says: places.join('; '), rest };
}

/** Whether a table or figure was made. */
export function has({ tables: filledTables, figures: drawn }: Printed, name: string): boolean {
  const found = filledTables.get(name) ?? drawn.get(name);
  return found !== undefined && !('missing' in found);
}

function placeOf(printed: Printed, name: string): string[] {
  if (name.startsWith('text: ')) return [`text.md, ${name.slice(6)}`];
  if (!has(printed, name)) return [];
  const table = tables.find((one) => one.name === name);
  if (table !== undefined && !('missing' in printed.tables.get(name)!))
    return [`table "${table.title}" (tables/${name}.csv)`];
  const figure = figures.find((one) => one.name === name)!;
  return [`figure "${figure.title}" (${name === 'flowchart' ? '' : 'figures/'}${name}.svg)`];
}

/** A checklist as a table of the report. */
export function checklistTable(
  { name, title, source, items, score }: Checklist,
  printed: Printed,
): ReportTable {
  const answers = items.map((item) => ({ ...item, found: item.answer(printed) }));
  const count = (status: Answer['status']): number =>
    answers.filter(({ found }) => found.status === status).length;
  const counts = (['filled', 'checked', 'left to a human', 'not applicable'] as const)
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${status}`);
  return {
    name,
    title,
    from: [],
    note: () =>
      [
        `${items.length} items of ${source}, in our own words: ${counts.join(', ')}. Filled: stands in this report at the place named; checked: by the value named; a human must judge and complete both.`,
        ...(score === undefined ? [] : [score(printed)]),
      ].join(' '),
    cells: () => ({
      columns: ['Item', 'Section', 'Asks for', 'Status', 'Place or evidence', 'Left to a human'],
      rows: answers.map(({ id, section, asks, found }) => [
        id,
        section,
        asks,
        found.status,
        found.says,
        found.rest,
      ]),
    }),
  };
}
