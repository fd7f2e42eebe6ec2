import type { IndexEntry } from './index-entry.ts';

type Cell = string | number | null;

const columns: readonly (readonly [name: string, cell: (entry: IndexEntry) => Cell])[] = [
  ['patient', ({ patient }) => patient],
  ['study', ({ study }) => study],
  ['day', ({ day }) => day],
  ['series', ({ series }) => series],
  ['kind', ({ kind }) => kind],
  ['why', ({ why }) => why],
  ['file', ({ file }) => file],
  ['description', ({ description }) => description],
  ['plane', ({ plane }) => plane],
  ['slices', ({ slices }) => slices],
  ['spacing_x', ({ spacing }) => spacing?.[0] ?? null],
  ['spacing_y', ({ spacing }) => spacing?.[1] ?? null],
  ['spacing_z', ({ spacing }) => spacing?.[2] ?? null],
  ['phase', ({ phase }) => phase],
  ['phases', ({ phases }) => phases],
  ['seconds', ({ seconds }) => seconds],
  ['after_injection', ({ afterInjection }) => afterInjection],
  ['b_value', ({ bValue }) => bValue],
  ['b_direction', ({ bDirection }) => bDirection],
  ['split_by', ({ splitBy }) => splitBy.join('; ')],
  ['image', ({ image }) => image],
  [
    'regions',
    ({ regions }) =>
      regions?.map(({ label, name, voxels }) => `${label} ${name}: ${voxels} voxels`).join('; ') ?? null,
  ],
  ['warnings', ({ warnings }) => warnings.map(({ message }) => message).join(' ')],
  ['error', ({ error }) => error?.message ?? null],
];

/** The index as CSV, one line per volume and per part that makes none; numbers in shortest round-trip form. */
export function indexTable(entries: readonly IndexEntry[]): string {
  const lines = entries.map((entry) => columns.map(([, cell]) => quoted(cell(entry))).join(','));
  return `${[columns.map(([name]) => name).join(','), ...lines].join('\n')}\n`;
}

function quoted(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  // A spreadsheet would run a cell that begins like a formula.
  const safe = typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
