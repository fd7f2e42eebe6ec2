import type { IndexEntry } from '../import/index-entry.ts';
import type { Making } from './make-image.ts';
import type { SequenceRule } from './rules.ts';

/** Imported files that an image can be made of, and how. */
export interface Candidate {
  readonly files: readonly string[];
  readonly making: Making;
}

/** What fits a rule: one candidate is a choice, none or several are for a person to decide. */
export interface Candidates {
  readonly found: readonly Candidate[];
  readonly reason: string;
}

const copy = (file: string): Candidate => ({ files: [file], making: { by: 'copy' } });

/**
 * What a rule asks for among the volumes of one visit. Several directions of one b-value are one candidate, whose
 * geometric mean is the trace; a difference of time points and a fit over b-values are one of each series.
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
  if (of.length === 0) return { found: [], reason: `no ${rule.kind} series` };
  const all =
    rule.kind === 'DCE' ? timePointOf(of, rule) : rule.kind === 'DWI' ? weightedOf(of, rule) : plainOf(of);
  return all.found.length > 1 ? { ...all, reason: `${all.found.length} volumes fit` } : all;
}

function plainOf(series: readonly IndexEntry[][]): Candidates {
  return { found: series.flat().map(({ file }) => copy(file!)), reason: '' };
}

/** A volume of a dynamic series: its number, and seconds after the first time point and after the injection. */
interface Moment {
  readonly file: string;
  readonly number: number;
  readonly seconds: number | null;
  readonly afterInjection: number | null;
}

/** Time points within one series, or series of one grid that follow each other. */
function timePointOf(series: readonly IndexEntry[][], rule: SequenceRule): Candidates {
  const dynamic = series.filter((volumes) => volumes.some(({ phase }) => phase !== null));
  if (dynamic.length > 0) {
    const moments = dynamic.map((volumes) =>
      volumes.flatMap(({ file, phase, seconds, afterInjection }): Moment[] =>
        phase === null ? [] : [{ file: file!, number: phase, seconds, afterInjection }],
      ),
    );
    return picked(moments, rule, 'the DCE series');
  }
  const single = series.flat();
  const grids = new Set(
    single.map(({ size, spacing }) => JSON.stringify([size, spacing?.map((mm) => Math.round(mm * 100))])),
  );
  const timed = single.every(({ started }) => started !== null);
  if (single.length < 2 || grids.size > 1 || !timed) return plainOf(series);
  const ordered = [...single].sort((a, b) => a.started! - b.started!);
  const start = ordered[0].started!;
  const moments = ordered.map(
    ({ file, started, afterInjection }, at): Moment => ({
      file: file!,
      number: at + 1,
      seconds: started! - start,
      afterInjection,
    }),
  );
  return picked([moments], rule, `the ${ordered.length} DCE series`);
}

function picked(series: readonly (readonly Moment[])[], rule: SequenceRule, where: string): Candidates {
  const found = series.flatMap((moments): Candidate[] => {
    const wanted = wantedOf(moments, rule);
    if (wanted === undefined) return [];
    if (rule.minus === undefined) return [copy(wanted.file)];
    const before = moments.find(({ number }) => number === rule.minus);
    return before === undefined || before === wanted
      ? []
      : [{ files: [before.file, wanted.file], making: { by: 'subtraction' } }];
  });
  if (found.length > 0) return { found, reason: '' };
  const injected = series.flat().some(({ afterInjection }) => typeof afterInjection === 'number');
  return {
    found,
    reason:
      rule.afterInjection !== undefined && !injected
        ? 'the files do not say when contrast was injected; give seconds or phase'
        : `no time point ${rule.minus === undefined ? '' : `${rule.minus} and `}${rule.phase ?? 2} in ${where}`,
  };
}

function wantedOf(moments: readonly Moment[], rule: SequenceRule): Moment | undefined {
  const nearest = (to: number, read: (moment: Moment) => number | null): Moment | undefined =>
    moments
      .filter((one) => typeof read(one) === 'number')
      .reduce<Moment | undefined>(
        (best, one) =>
          best === undefined || Math.abs(read(one)! - to) < Math.abs(read(best)! - to) ? one : best,
        undefined,
      );
  if (rule.afterInjection !== undefined)
    return nearest(rule.afterInjection, ({ afterInjection }) => afterInjection);
  if (rule.seconds !== undefined) return nearest(rule.seconds, ({ seconds }) => seconds);
  return moments.find(({ number }) => number === (rule.phase ?? 2));
}

function weightedOf(series: readonly IndexEntry[][], rule: SequenceRule): Candidates {
  const found = series.flatMap((volumes): Candidate[] => {
    const values = [...new Set(volumes.flatMap(({ bValue }) => (bValue === null ? [] : [bValue])))].sort(
      (a, b) => a - b,
    );
    if (rule.adc !== undefined) return fitOf(volumes, rule.adc === 'all' ? values : rule.adc);
    if (values.length === 0) return volumes.map(({ file }) => copy(file!));
    const wanted = rule.b === undefined || rule.b === 'highest' ? Math.max(...values) : rule.b;
    const of = measuredAt(volumes, wanted);
    if (of.length > 0 && of[0].bDirection === null) return of.map(({ file }) => copy(file!));
    if (of.length === 1) return [copy(of[0].file!)];
    return of.length === 0 ? [] : [{ files: of.map(({ file }) => file!), making: { by: 'trace' } }];
  });
  const wanted =
    rule.adc === undefined ? rule.b : rule.adc === 'all' ? 'two or more' : rule.adc.join(' and ');
  return { found, reason: found.length === 0 ? `no b-value ${wanted}` : '' };
}

/** The volumes of a b-value: a trace that the scanner made has no direction and is taken as it is, else all directions. */
function measuredAt(volumes: readonly IndexEntry[], b: number): IndexEntry[] {
  const of = volumes.filter(({ bValue }) => bValue === b);
  const traces = of.filter(({ bDirection }) => bDirection === null);
  return traces.length > 0 ? traces : of;
}

function fitOf(volumes: readonly IndexEntry[], bValues: readonly number[]): Candidate[] {
  const taken = bValues.map((b) => measuredAt(volumes, b));
  if (bValues.length < 2 || taken.some((of) => of.length === 0)) return [];
  return [
    {
      files: taken.flat().map(({ file }) => file!),
      making: { by: 'adc', bValues: taken.flat().map(({ bValue }) => bValue!) },
    },
  ];
}
