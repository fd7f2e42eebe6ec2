import { chiSquare, fisherExact, tTwoSided } from '@sentinode/statistics';
import { groupSizes } from '../group-sizes.ts';
import type { CountedVariable, MeasuredVariable, PaperCheck, PaperFinding } from '../paper.ts';
import { meets, type PrintedNumber, type Range, rounds, shown } from '../printed-number.ts';

/** Table 1: levels add up to the groups, and p values are those of some usual test of the counts or means. */
export const baseline: PaperCheck = {
  name: 'table-1',
  looksFor: 'counts of Table 1 that do not add up to the groups, and p values that no usual test gives',
  check: ({ baseline: table }) => {
    if (table === undefined) return { compared: 0, findings: [] };
    const sizes = groupSizes(table);
    const findings: PaperFinding[] = [];
    let compared = 0;
    const add = (subject: string, printed: string, arithmetic: string): void =>
      void findings.push({
        check: 'table-1',
        where: 'table 1',
        subject,
        printed,
        arithmetic,
        rounding: false,
      });
    for (const variable of table.variables) {
      compared++;
      const sums = sizes.map((_, at) => sumOf(variable, at));
      if (sums.some((sum, at) => sum !== sizes[at])) {
        add(variable.name, sums.join(' / '), `The groups have ${sizes.join(' / ')} patients.`);
        continue;
      }
      if (variable.p === undefined) continue;
      compared++;
      const tests: [string, number][] = [];
      // Fisher's test of a large table takes long, so it is asked last and only where the others do not fit.
      for (const test of testsOf(variable)) {
        tests.push(test);
        if (rounds(variable.p, test[1])) break;
      }
      if (!rounds(variable.p, tests.at(-1)![1]))
        add(
          variable.name,
          `p ${variable.p.text}`,
          `The printed counts give ${tests.map(([name, p]) => `${shown(p)} (${name})`).join(', ')}.`,
        );
    }
    for (const variable of table.measured) {
      if (variable.p === undefined || sizes.length !== 2) continue;
      compared++;
      const range = probabilities(variable, sizes);
      if (!meets(variable.p, range))
        add(
          variable.name,
          `p ${variable.p.text}`,
          `A t test of the printed means and deviations gives ${shown(range[0])} to ${shown(range[1])}.`,
        );
    }
    return { compared, findings };
  },
};

function sumOf({ levels }: CountedVariable, group: number): number {
  return levels.reduce((sum, { counts }) => sum + counts[group]!, 0);
}

/** Name and p of the usual tests of a table of counts, one after the other. */
function* testsOf({ levels }: CountedVariable): Generator<[string, number]> {
  const counts = levels.map((level) => [...level.counts]);
  const plain = chiSquare(counts);
  yield ['Pearson chi-square', plain?.p ?? 1];
  const corrected = chiSquare(counts, { yates: true });
  if (corrected?.correction === 'Yates') yield ['with Yates correction', corrected.p];
  const exact = fisherExact(counts);
  if (typeof exact === 'number') yield ['Fisher exact', exact];
}

/** Lowest and highest p of Student's and Welch's test for what may have been rounded to the printed figures. */
function probabilities({ means, deviations }: MeasuredVariable, sizes: readonly number[]): Range {
  const [a, b] = means as [PrintedNumber, PrintedNumber];
  const [s, t] = deviations as [PrintedNumber, PrintedNumber];
  const [n, m] = sizes as [number, number];
  const most = Math.max(a.high - b.low, b.high - a.low);
  const least = Math.max(0, a.low - b.high, b.low - a.high);
  const both = (difference: number, x: number, y: number): number[] => {
    const pooled = ((n - 1) * x * x + (m - 1) * y * y) / (n + m - 2);
    const own = (x * x) / n + (y * y) / m;
    const welch = (own * own) / (square((x * x) / n) / (n - 1) + square((y * y) / m) / (m - 1));
    return [
      tTwoSided(difference / Math.sqrt(pooled * (1 / n + 1 / m)), n + m - 2),
      tTwoSided(difference / Math.sqrt(own), welch),
    ];
  };
  return [Math.min(...both(most, s.low, t.low)), Math.max(...both(least, s.high, t.high))];
}

const square = (x: number): number => x * x;
