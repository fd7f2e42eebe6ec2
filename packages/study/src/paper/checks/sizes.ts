import { parseNumber } from '@sentinode/core';
import { shareFits, sizeStatements } from '../cohort-sizes.ts';
import { groupSizes } from '../group-sizes.ts';
import { type PaperCheck, type PaperFinding, type Statement, WHOLE } from '../paper.ts';
import { printedNumber, shown } from '../printed-number.ts';

/** Numbers, events and shares of the cohorts against one another, the rates of the models and the sum. */
export const sizes: PaperCheck = {
  name: 'cohort-sizes',
  looksFor:
    'sizes, events and shares of cohorts that do not fit one another, the sum, or the rates of the models',
  check: (paper, found) => {
    const findings: PaperFinding[] = [];
    let compared = 0;
    const add = (of: Statement, arithmetic: string): void => {
      findings.push({
        check: 'cohort-sizes',
        where: of.section || 'printed',
        subject: `${of.kind} of ${of.subject}`,
        printed: of.value,
        arithmetic,
        rounding: false,
      });
    };
    for (const [name, { n, events, percent }] of sizeStatements(paper)) {
      const size = found.get(name);
      if (size === undefined) continue;
      const basis = `${size.events} events among ${size.n} patients (${shown((100 * size.events) / size.n)} %) fit most of what is printed of this cohort`;
      for (const [of, wanted] of [
        [n, size.n],
        [events, size.events],
      ] as const) {
        if (of === undefined) continue;
        compared++;
        if (parseNumber(of.value) !== wanted) add(of, `${basis}.`);
      }
      if (percent === undefined) continue;
      compared++;
      if (!shareFits(printedNumber(percent.value), size)) add(percent, `${basis}.`);
    }
    const parts = [...found].filter(([name]) => name !== WHOLE).map(([, size]) => size);
    const whole = found.get(WHOLE);
    if (whole !== undefined && parts.length > 1) {
      compared++;
      const n = parts.reduce((sum, part) => sum + part.n, 0);
      const e = parts.reduce((sum, part) => sum + part.events, 0);
      const already = findings.some(({ subject }) => subject.startsWith('n'));
      if (!already && (n !== whole.n || e !== whole.events))
        findings.push({
          check: 'cohort-sizes',
          where: 'cohorts',
          subject: 'sum of the cohorts',
          printed: `${whole.events} events among ${whole.n}`,
          arithmetic: `The cohorts add up to ${e} events among ${n}.`,
          rounding: false,
        });
    }
    const { baseline } = paper;
    if (baseline !== undefined) {
      const right = groupSizes(baseline);
      baseline.sizes.forEach((size, at) => {
        compared++;
        if (size === right[at]) return;
        findings.push({
          check: 'cohort-sizes',
          where: 'table 1',
          subject: `n of ${baseline.groups[at]}`,
          printed: String(size),
          arithmetic: `The levels of the variables add up to ${right[at]}.`,
          rounding: false,
        });
      });
    }
    return { compared, findings };
  },
};
