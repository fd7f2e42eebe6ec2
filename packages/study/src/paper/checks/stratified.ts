import { type PaperCheck, type PaperFinding, WHOLE } from '../paper.ts';
import { shown } from '../printed-number.ts';

/** A split that is called stratified keeps the share of events but for one patient. */
export const stratified: PaperCheck = {
  name: 'stratified-split',
  looksFor: 'a split called stratified whose cohorts differ in their share of events',
  check: ({ statements }, sizes) => {
    const said = statements.filter(({ kind, value }) => kind === 'split' && /stratif/i.test(value));
    const whole = sizes.get(WHOLE);
    if (said.length === 0 || whole === undefined) return { compared: 0, findings: [] };
    const findings: PaperFinding[] = [];
    const parts = [...sizes].filter(([name]) => name !== WHOLE);
    const apart = parts.map(([name, { n, events }]) => ({
      name,
      events,
      expected: (n * whole.events) / whole.n,
    }));
    if (apart.some(({ events, expected }) => Math.abs(events - expected) > 1))
      findings.push({
        check: 'stratified-split',
        where: said[0]!.section,
        subject: 'split',
        printed: said[0]!.value,
        arithmetic: `A split stratified by outcome gives ${apart.map(({ name, expected }) => `${shown(expected)} events in ${name}`).join(', ')}; printed are ${apart.map(({ events }) => events).join(', ')}.`,
        rounding: false,
      });
    return { compared: parts.length, findings };
  },
};
