import type { Slice } from '../frames/slice.ts';
import { groupBy } from './group-by.ts';
import { offsetsOf, SAME_POSITION } from './stack-geometry.ts';

/** Slices of one time point, and when it was. */
export interface TimePoint {
  readonly slices: readonly Slice[];
  /** Seconds on the clock that told the points apart; undefined where that is only a number. */
  readonly seconds: number | undefined;
}

/** A clock that may tell time points apart. */
interface Clock {
  readonly name: string;
  readonly read: (slice: Slice) => number | undefined;
  readonly isTime: boolean;
  /** Whether headers may give only the time of the day, without a date. */
  readonly ofDay?: boolean;
}

const ACQUISITION = 'acquisition time (0008,0032)';

/** In the order in which they are believed. */
const headers: readonly Clock[] = [
  { name: 'temporal position (0020,0100)', read: ({ times }) => times.temporalPosition, isTime: false },
  { name: 'trigger time (0018,1060)', read: ({ times }) => times.trigger, isTime: true },
  { name: ACQUISITION, read: ({ times }) => times.acquisition, isTime: true, ofDay: true },
  { name: 'content time (0008,0033)', read: ({ times }) => times.content, isTime: true, ofDay: true },
  { name: 'acquisition number (0020,0012)', read: ({ times }) => times.acquisitionNumber, isTime: false },
];

/**
 * Divides slices that repeat positions into time points. The first clock wins by which every position has one slice
 * per time: either it has one value per time point, or (scanners that stamp every slice) its values at each position
 * put the slices in an order whose time points do not overlap.
 * @returns undefined where no clock tells the slices apart
 */
export function timePoints(
  slices: readonly Slice[],
): { readonly points: readonly TimePoint[]; readonly clock: string } | undefined {
  const places = placesOf(slices);
  const clocks = headers.map((clock) => (clock.ofDay ? pastMidnight(clock, slices) : clock));
  for (const clock of clocks) {
    if (!slices.every((slice) => clock.read(slice) !== undefined)) continue;
    const points = byValue(slices, clock, places) ?? byOrder(places, clock);
    if (points === undefined) continue;
    const time = clock.isTime ? believed(clock, points, clocks) : timeOf(points, clocks);
    return {
      points: points.map((point) => ({ slices: point, seconds: time && earliest(point, time) })),
      clock: clock.name,
    };
  }
  return undefined;
}

const DAY = 86_400;

/**
 * A clock of the day of a series that runs past midnight under one date or none: no series takes half a day, so times
 * that lie so far before others belong to the next day.
 */
function pastMidnight(clock: Clock, slices: readonly Slice[]): Clock {
  const times = slices.map(clock.read).filter((time) => time !== undefined);
  const last = times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  const spans = times.some((time) => last - time > DAY / 2 && last - time < DAY);
  if (!spans) return clock;
  const read = (slice: Slice): number | undefined => {
    const time = clock.read(slice);
    return time !== undefined && last - time > DAY / 2 ? time + DAY : time;
  };
  return { ...clock, read };
}

/** Slices by position along the normal. */
function placesOf(slices: readonly Slice[]): Slice[][] {
  const offsets = offsetsOf(slices);
  const order = slices.map((_, at) => at).sort((a, b) => offsets[a] - offsets[b]);
  const places: Slice[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const at of order) {
    if (offsets[at] - last >= SAME_POSITION) places.push([]);
    places[places.length - 1].push(slices[at]);
    last = offsets[at];
  }
  return places;
}

/** One value per time point: no position occurs twice within a value. A value may lack slices; that is found later. */
function byValue(
  slices: readonly Slice[],
  { read }: Clock,
  places: readonly (readonly Slice[])[],
): Slice[][] | undefined {
  const groups = groupBy(slices, (slice) => read(slice)!);
  const values = [...groups.keys()].sort((a, b) => a - b);
  // A clock that stamps every slice has about as many values as slices; its groups are no volumes.
  if (values.length < 2 || values.length > slices.length / Math.max(2, places.length / 2)) return undefined;
  const repeated = places.some((place) => new Set(place.map(read)).size !== place.length);
  return repeated ? undefined : values.map((value) => groups.get(value)!);
}

function byOrder(places: readonly (readonly Slice[])[], { read }: Clock): Slice[][] | undefined {
  const count = places[0].length;
  if (count < 2 || places.some((place) => place.length !== count)) return undefined;
  const sorted = places.map((place) => [...place].sort((a, b) => read(a)! - read(b)!));
  const points = Array.from({ length: count }, (_, point) => sorted.map((place) => place[point]));
  for (let point = 1; point < count; point++) {
    const before = Math.max(...points[point - 1].map((slice) => read(slice)!));
    const after = Math.min(...points[point].map((slice) => read(slice)!));
    if (!(after > before)) return undefined;
  }
  return points;
}

/**
 * The clock that told the points apart, or the acquisition times where both differ more than tenfold: trigger times are
 * milliseconds, and some writers put seconds or microseconds there.
 */
function believed(clock: Clock, points: readonly (readonly Slice[])[], clocks: readonly Clock[]): Clock {
  if (clock.ofDay) return clock;
  // Content times may be those of the reconstruction, so that they correct nothing.
  const ofDay = timeOf(
    points,
    clocks.filter(({ name }) => name === ACQUISITION),
  );
  if (ofDay === undefined) return clock;
  const [first, last] = [points[0], points[points.length - 1]];
  const span = (one: Clock): number => earliest(last, one) - earliest(first, one);
  const ratio = span(clock) / span(ofDay);
  return ratio > 0.1 && ratio < 10 ? clock : ofDay;
}

/** A clock in seconds that runs in the order of the points, to print when they were. */
function timeOf(points: readonly (readonly Slice[])[], clocks: readonly Clock[]): Clock | undefined {
  return clocks.find((clock) => {
    if (!clock.isTime || !points.flat().every((slice) => clock.read(slice) !== undefined)) return false;
    const starts = points.map((point) => earliest(point, clock));
    return starts.every((start, at) => at === 0 || start > starts[at - 1]);
  });
}

function earliest(slices: readonly Slice[], { read }: Clock): number {
  return Math.min(...slices.map((slice) => read(slice)!));
}
