import { type Random, SentinodeError } from '@sentinode/core';

/**
 * Rows held out to stop a fit early: the share, rounded up, with both outcomes in proportion, drawn at random. The rest
 * is fitted on. Both in ascending order. Rows of one patient (ids that come again: augmentation, bootstrap) are never
 * parted: patients are drawn.
 * @throws SentinodeError `too-few-rows` when a part would lack an outcome
 */
export function holdOutRows(
  outcomes: readonly (0 | 1)[],
  fraction: number,
  random: Random,
  ids: readonly string[] = [],
): { readonly fit: number[]; readonly held: number[] } {
  const held = drawPatients(ids, outcomes, (own) => holdOut(own, fraction, random));
  const isHeld = new Set(held);
  return { held, fit: outcomes.flatMap((_, row) => (isHeld.has(row) ? [] : [row])) };
}

/**
 * Rows of the patients that are drawn, ascending. Where every id is another patient's, patients are rows.
 * @param draw positions among the outcomes given, one for each patient
 */
export function drawPatients(
  ids: readonly string[],
  outcomes: readonly (0 | 1)[],
  draw: (outcomes: readonly (0 | 1)[]) => readonly number[],
): number[] {
  const first = new Map(ids.map((id, row) => [id, row]));
  if (first.size === ids.length) return [...draw(outcomes)];
  const patients = [...first.keys()];
  const drawn = new Set(draw(patients.map((id) => outcomes[first.get(id)!]!)).map((at) => patients[at]!));
  return ids.flatMap((id, row) => (drawn.has(id) ? [row] : []));
}

function holdOut(outcomes: readonly (0 | 1)[], fraction: number, random: Random): number[] {
  const n = outcomes.length;
  const size = Math.ceil(fraction * n);
  const events = outcomes.flatMap((outcome, row) => (outcome === 1 ? [row] : []));
  const others = outcomes.flatMap((outcome, row) => (outcome === 1 ? [] : [row]));
  const fromEvents = Math.round((size * events.length) / n);
  const fromOthers = size - fromEvents;
  if (
    Math.min(fromEvents, fromOthers, events.length - fromEvents, others.length - fromOthers) < 1 ||
    fromOthers > others.length
  )
    throw new SentinodeError(
      'too-few-rows',
      `Early stopping would hold out ${size} of ${n} training patients, and one part would lack an outcome; leave early stopping out or hold out another share.`,
      { field: 'classifiers.validation_fraction' },
    );
  return [
    ...random.shuffle(events).slice(0, fromEvents),
    ...random.shuffle(others).slice(0, fromOthers),
  ].sort((a, b) => a - b);
}
