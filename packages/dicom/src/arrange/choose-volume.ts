import type { IndexEntry } from '../import/index-entry.ts';
import type { SequenceRule } from './rules.ts';

/** The volumes that fit a rule: one is a choice, none or several are for a person to decide. */
export interface Candidates {
  readonly files: readonly (readonly string[])[];
  readonly reason: string;
}

/**
 * Volumes of one study that a rule asks for. Several directions of one b-value are one candidate of several files, whose
 * geometric mean is the trace.
 */
export function candidatesFor(entries: readonly IndexEntry[], rule: SequenceRule): Candidates {
  const fitting = entries.filter(
    ({ file, kind, plane, description }) =>
      file !== null &&
      kind === rule.kind &&
      (rule.plane === undefined || plane === rule.plane) &&
      (rule.description === undefined || description.toLowerCase().includes(rule.description.toLowerCase())),
  );
  const series = new Map<number, IndexEntry[]>();
  for (const entry of fitting) series.set(entry.series, [...(series.get(entry.series) ?? []), entry]);
  const of = [...series.values()];
  if (of.length === 0) return { files: [], reason: `no ${rule.kind} series` };
  const found =
    rule.kind === 'DCE' ? timePointOf(of, rule) : rule.kind === 'DWI' ? weightedOf(of, rule) : plainOf(of);
  return found.files.length > 1 ? { ...found, reason: `${found.files.length} volumes fit` } : found;
}

function plainOf(series: readonly IndexEntry[][]): Candidates {
  return { files: series.flat().map(({ file }) => [file!]), reason: '' };
}

/** Time points within one series, or series of one grid that follow each other. */
function timePointOf(series: readonly IndexEntry[][], rule: SequenceRule): Candidates {
  const dynamic = series.filter((volumes) => volumes.some(({ phase }) => phase !== null));
  if (dynamic.length > 0) {
    const files = dynamic.flatMap((volumes) =>
      pick(
        volumes,
        rule,
        ({ phase }) => phase!,
        ({ seconds }) => seconds,
      ),
    );
    return files.length > 0
      ? { files, reason: '' }
      : { files: [], reason: `no time point ${rule.phase ?? ''} in the DCE series` };
  }
  const single = series.flat();
  const grids = new Set(
    single.map(({ size, spacing }) => JSON.stringify([size, spacing?.map((mm) => Math.round(mm * 100))])),
  );
  const timed = single.every(({ started }) => started !== null);
  if (single.length >= 2 && grids.size === 1 && timed) {
    const ordered = [...single].sort((a, b) => a.started! - b.started!);
    const start = ordered[0].started!;
    const files = pick(
      ordered,
      rule,
      (entry) => ordered.indexOf(entry) + 1,
      ({ started }) => started! - start,
    );
    return {
      files,
      reason: files.length > 0 ? '' : `${ordered.length} DCE series, and no time point ${rule.phase ?? ''}`,
    };
  }
  return plainOf(series);
}

function pick(
  volumes: readonly IndexEntry[],
  rule: SequenceRule,
  number: (entry: IndexEntry) => number,
  seconds: (entry: IndexEntry) => number | null,
): string[][] {
  if (rule.seconds !== undefined) {
    const timed = volumes.filter((entry) => seconds(entry) !== null);
    const nearest = timed.reduce<IndexEntry | undefined>(
      (best, entry) =>
        best === undefined ||
        Math.abs(seconds(entry)! - rule.seconds!) < Math.abs(seconds(best)! - rule.seconds!)
          ? entry
          : best,
      undefined,
    );
    return nearest === undefined ? [] : [[nearest.file!]];
  }
  return volumes.filter((entry) => number(entry) === (rule.phase ?? 2)).map(({ file }) => [file!]);
}

function weightedOf(series: readonly IndexEntry[][], rule: SequenceRule): Candidates {
  const files = series.flatMap((volumes) => {
    const values = volumes.flatMap(({ bValue }) => (bValue === null ? [] : [bValue]));
    if (values.length === 0) return volumes.map(({ file }) => [file!]);
    const wanted = rule.b === undefined || rule.b === 'highest' ? Math.max(...values) : rule.b;
    const of = volumes.filter(({ bValue }) => bValue === wanted);
    const directions = of.filter(({ bDirection }) => bDirection !== null);
    // A trace that the scanner made has no direction and is taken as it is.
    const traces = of.filter(({ bDirection }) => bDirection === null);
    if (traces.length > 0) return traces.map(({ file }) => [file!]);
    return directions.length === 0 ? [] : [directions.map(({ file }) => file!)];
  });
  return { files, reason: files.length === 0 ? `no b-value ${rule.b}` : '' };
}
