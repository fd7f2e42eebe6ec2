import { parseNumber } from '@sentinode/core';
import { groupSizes } from './group-sizes.ts';
import { type CohortSize, type Paper, type Statement, WHOLE } from './paper.ts';
import { type PrintedNumber, printedNumber, rounds } from './printed-number.ts';
import { confusionOf } from './rates.ts';

/** What is printed of one cohort's size. */
export interface SizeStatements {
  readonly n: Statement | undefined;
  readonly events: Statement | undefined;
  readonly percent: Statement | undefined;
}

/** Statements about the sizes of each cohort, by its name. */
export function sizeStatements({ statements, models }: Paper): ReadonlyMap<string, SizeStatements> {
  const names = new Set<string>();
  for (const { kind, subject } of statements) if (kinds.has(kind) && subject !== '') names.add(subject);
  for (const { cohort } of models) names.add(cohort);
  const find = (kind: string, subject: string): Statement | undefined =>
    statements.find((one) => one.kind === kind && one.subject === subject);
  return new Map(
    [...names].map((name) => [
      name,
      { n: find('n', name), events: find('n_events', name), percent: find('percent_events', name) },
    ]),
  );
}

const kinds = new Set(['n', 'n_events', 'percent_events']);

/** Patients and events of every cohort, as most of what is printed of it has them. */
export function cohortSizes(paper: Paper): ReadonlyMap<string, CohortSize> {
  const stated = sizeStatements(paper);
  const parts = [...stated.keys()].filter((name) => name !== WHOLE);
  const found = new Map<string, CohortSize>();
  for (const name of parts) {
    const size = best(candidates(stated, name), (one) => fitting(paper, stated.get(name)!, name, one));
    if (size !== undefined) found.set(name, size);
  }
  const whole = wholeCohort(
    paper,
    stated.get(WHOLE),
    parts.length > 1 ? parts.map((name) => found.get(name)) : [],
  );
  if (whole !== undefined) found.set(WHOLE, whole);
  return found;
}

function best(of: readonly CohortSize[], votes: (one: CohortSize) => number): CohortSize | undefined {
  let found: CohortSize | undefined;
  let most = 0;
  for (const one of of) {
    const count = votes(one);
    if (count > most) [found, most] = [one, count];
  }
  return found;
}

/** How much of what is printed of a cohort a size fits: number, events, share, and the rates of each model. */
function fitting(
  paper: Paper,
  { n, events, percent }: SizeStatements,
  name: string,
  size: CohortSize,
): number {
  const rows = paper.models.filter(({ cohort, rates }) => cohort === name && rates.size > 0);
  return (
    Number(parseNumber(n?.value ?? '') === size.n) +
    Number(parseNumber(events?.value ?? '') === size.events) +
    Number(shareFits(printedNumber(percent?.value), size)) +
    rows.filter((row) => confusionOf(row, size.events, size.n - size.events) !== undefined).length
  );
}

export function shareFits(percent: PrintedNumber | undefined, { n, events }: CohortSize): boolean {
  return percent !== undefined && rounds(percent, (100 * events) / n);
}

/** Sizes that follow from any two of the printed figures, or from those of the other cohorts. */
function candidates(stated: ReadonlyMap<string, SizeStatements>, name: string): CohortSize[] {
  const number = (of: Statement | undefined): number[] => {
    const value = parseNumber(of?.value ?? '');
    return value === undefined ? [] : [value];
  };
  const rest = (get: (of: SizeStatements) => Statement | undefined): number[] => {
    const others = [...stated].filter(([other]) => other !== name && other !== WHOLE);
    const values = others.flatMap(([, of]) => number(get(of)));
    const whole = stated.get(WHOLE);
    const total = whole === undefined ? [] : number(get(whole));
    return others.length > 0 && values.length === others.length && total.length === 1
      ? [total[0]! - values.reduce((a, b) => a + b, 0)]
      : [];
  };
  const own = stated.get(name)!;
  const sizes = new Set([...number(own.n), ...rest(({ n }) => n)]);
  const events = new Set([...number(own.events), ...rest((of) => of.events)]);
  const percent = printedNumber(own.percent?.value);
  if (percent !== undefined) {
    for (const n of [...sizes])
      for (let e = Math.ceil((percent.low * n) / 100); e <= (percent.high * n) / 100; e++) events.add(e);
    for (const e of [...events])
      for (let n = Math.ceil((100 * e) / percent.high); n <= (100 * e) / percent.low; n++) sizes.add(n);
  }
  const pairs = [...sizes].flatMap((n) => [...events].map((e) => ({ n, events: e })));
  return pairs.filter(({ n, events: e }) => e >= 0 && e <= n && n > 0);
}

/** The whole cohort: what is printed of it, the sum of its parts, and Table 1. */
function wholeCohort(
  { baseline }: Paper,
  stated: SizeStatements | undefined,
  parts: readonly (CohortSize | undefined)[],
): CohortSize | undefined {
  const groups = baseline === undefined ? [] : groupSizes(baseline);
  const printed = (of: Statement | undefined): number | undefined => parseNumber(of?.value ?? '');
  const sum = (get: (of: CohortSize) => number): number | undefined =>
    parts.length > 0 && parts.every((part) => part !== undefined)
      ? parts.reduce((total, part) => total + get(part!), 0)
      : undefined;
  const total = groups.length > 0 ? groups.reduce((a, b) => a + b, 0) : undefined;
  const n = mostCommon([total, printed(stated?.n), sum((of) => of.n)]);
  const inGroup = printed(stated?.events);
  const events = mostCommon([
    inGroup,
    sum((of) => of.events),
    groups.length === 2
      ? (groups.find((size) => size === inGroup) ?? groups.find((size) => size === sum((of) => of.events)))
      : undefined,
  ]);
  return n === undefined || events === undefined ? undefined : { n, events };
}

/** The value that comes most often, the earlier of equals. */
function mostCommon(values: readonly (number | undefined)[]): number | undefined {
  const there = values.filter((value) => value !== undefined);
  const count = (value: number): number => there.filter((other) => other === value).length;
  return there.reduce<number | undefined>(
    (found, value) => (found === undefined || count(value) > count(found) ? value : found),
    undefined,
  );
}
