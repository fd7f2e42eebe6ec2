import type { AgreementSummary } from './study-results.ts';

/** ICC of one column; null when it is undefined. */
export interface ColumnAgreement {
  readonly name: string;
  readonly icc: number | null;
}

/** Parts of a radiomic column name `<visit>_<sequence>_<image type>_<class>_<Feature>`. */
interface ColumnParts {
  readonly visit: string;
  readonly sequence: string;
  readonly featureClass: string;
}

/** Splits a column name by the visits and sequences of the study; undefined for a column of another form. */
function columnParts(
  name: string,
  visits: readonly string[],
  sequences: readonly string[],
): ColumnParts | undefined {
  const visit = visits.find((candidate) => name.startsWith(`${candidate}_`));
  if (visit === undefined) return undefined;
  const rest = name.slice(visit.length + 1);
  const sequence = sequences.find((candidate) => rest.startsWith(`${candidate}_`));
  if (sequence === undefined) return undefined;
  const parts = rest.slice(sequence.length + 1).split('_');
  return parts.length < 3 ? undefined : { visit, sequence, featureClass: parts[parts.length - 2]! };
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** Reader agreement by feature class, sequence and visit. */
export function summariseAgreement(
  columns: readonly ColumnAgreement[],
  minimum: number,
  visits: readonly string[],
  sequences: readonly string[],
): AgreementSummary {
  const kept = (column: ColumnAgreement): boolean => column.icc !== null && column.icc >= minimum;
  const keys = { class: 'featureClass', sequence: 'sequence', visit: 'visit' } as const;
  const groups = (['class', 'sequence', 'visit'] as const).flatMap((by) => {
    const byName = new Map<string, ColumnAgreement[]>();
    for (const column of columns) {
      const parts = columnParts(column.name, visits, sequences);
      if (parts !== undefined) push(byName, parts[keys[by]], column);
    }
    return [...byName].map(([name, members]) => ({
      by,
      name,
      columns: members.length,
      median: median(members.flatMap((member) => (member.icc === null ? [] : [member.icc]))),
      kept: members.filter(kept).length,
    }));
  });
  return {
    form: 'ICC(2,1), absolute agreement, single reader',
    minimum,
    columns: columns.length,
    kept: columns.filter(kept).length,
    undefinedColumns: columns.filter((column) => column.icc === null).length,
    groups,
  };
}
