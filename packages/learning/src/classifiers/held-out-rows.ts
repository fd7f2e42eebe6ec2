import { type Random, SentinodeError } from '@sentinode/core';

/**
 * Rows held out to stop a fit early: the share, rounded up, with both outcomes in proportion, drawn at random. The rest
 * is fitted on. Both in ascending order.
 * @throws SentinodeError `too-few-rows` when a part would lack an outcome
 */
export function holdOutRows(
  outcomes: readonly (0 | 1)[],
  fraction: number,
  random: Random,
): { readonly fit: number[]; readonly held: number[] } {
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
  const held = [
    ...random.shuffle(events).slice(0, fromEvents),
    ...random.shuffle(others).slice(0, fromOthers),
  ].sort((a, b) => a - b);
  const isHeld = new Set(held);
  return { held, fit: outcomes.flatMap((_, row) => (isHeld.has(row) ? [] : [row])) };
}
