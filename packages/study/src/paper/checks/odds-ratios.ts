import { log } from '@sentinode/core';
import { normalQuantile, normalTwoSided } from '@sentinode/statistics';
import type { LevelCounts, OddsRow, PaperCheck, PaperFinding } from '../paper.ts';
import { meets, type PrintedNumber, type Range, rounds, shown } from '../printed-number.ts';

const Z = normalQuantile(0.975);
type Part = 'odds ratio' | 'lower limit' | 'upper limit' | 'p';
const parts: readonly Part[] = ['odds ratio', 'lower limit', 'upper limit', 'p'];

/** Odds ratios: estimate, 95 % interval and p belong together, and follow from counts where these are printed. */
export const oddsRatios: PaperCheck = {
  name: 'odds-ratios',
  looksFor: 'odds ratios that do not fit their interval (Wald), their p, or the counts',
  check: ({ odds, oddsCounts }) => {
    const findings: PaperFinding[] = [];
    let compared = 0;
    for (const row of odds) {
      compared++;
      const problem = misfit(row) ?? countsMisfit(row, oddsCounts.get(row.variable));
      if (problem === undefined) continue;
      findings.push({
        check: 'odds-ratios',
        where: 'table 2',
        subject: [row.analysis, row.variable, row.level].join(', '),
        printed: `${row.ratio.text} (${row.low.text} to ${row.high.text})${row.p === undefined ? '' : `, p ${row.p.text}`}`,
        arithmetic: problem,
        rounding: false,
      });
    }
    return { compared, findings };
  },
};

const logs = ({ low, high }: PrintedNumber): Range => [log(Math.max(low, 1e-12)), log(high)];

/** What does not fit within a row, and which figure would have to change. */
function misfit(row: OddsRow): string | undefined {
  if (fits(row, [])) return undefined;
  const culprits = parts.filter((part) => fits(row, [part]));
  const middle = (logs(row.low)[0] + logs(row.low)[1] + logs(row.high)[0] + logs(row.high)[1]) / 4;
  const ranges = `the interval is centred on a logarithm of ${shown(middle)}, the odds ratio has ${shown(log(row.ratio.value))}`;
  const p = probability(row, []);
  return `${ranges[0]!.toUpperCase()}${ranges.slice(1)}; together they give a p of ${shown(p[0])} to ${shown(p[1])}. ${
    culprits.length === 0
      ? 'No single figure explains it.'
      : `It would fit with another ${culprits.join(' or ')}.`
  }`;
}

/** Whether the figures of a row can belong together, some of them left aside. */
function fits(row: OddsRow, without: readonly Part[]): boolean {
  const has = (part: Part): boolean => !without.includes(part);
  if (has('odds ratio') && has('lower limit') && has('upper limit') && !centred(row)) return false;
  return row.p === undefined || !has('p') || meets(row.p, probability(row, without));
}

/** Whether the estimate can lie in the middle of its interval on the scale of the logarithm. */
function centred({ ratio, low, high }: OddsRow): boolean {
  const [a, b] = [logs(low), logs(high)];
  const estimate = logs(ratio);
  return estimate[1] >= (a[0] + b[0]) / 2 && estimate[0] <= (a[1] + b[1]) / 2;
}

/** p of Wald's test from whichever two or three figures are used. */
function probability({ ratio, low, high }: OddsRow, without: readonly Part[]): Range {
  const [a, b] = [logs(low), logs(high)];
  const whole = logs(ratio);
  const estimate: Range = without.includes('odds ratio') ? [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] : whole;
  const error: Range = without.includes('lower limit')
    ? [(b[0] - whole[1]) / Z, (b[1] - whole[0]) / Z]
    : without.includes('upper limit')
      ? [(whole[0] - a[1]) / Z, (whole[1] - a[0]) / Z]
      : [(b[0] - a[1]) / (2 * Z), (b[1] - a[0]) / (2 * Z)];
  if (!(error[0] > 0)) return [0, 1];
  const least =
    estimate[0] <= 0 && estimate[1] >= 0 ? 0 : Math.min(Math.abs(estimate[0]), Math.abs(estimate[1]));
  const most = Math.max(Math.abs(estimate[0]), Math.abs(estimate[1]));
  return [normalTwoSided(most / error[0]), normalTwoSided(least / error[1])];
}

/** A univariable odds ratio of a level against the first, from counts. */
function countsMisfit(row: OddsRow, counts: readonly LevelCounts[] | undefined): string | undefined {
  if (counts === undefined || !/^univariable/i.test(row.analysis)) return undefined;
  const first = counts[0]!;
  const level = counts.find((one) => one.level === row.level);
  if (level === undefined || level === first) return undefined;
  const ratio = (level.events * first.others) / (level.others * first.events);
  const se = Math.sqrt(1 / level.events + 1 / level.others + 1 / first.events + 1 / first.others);
  const exactLow = log(ratio) - Z * se;
  const exactHigh = log(ratio) + Z * se;
  const p = normalTwoSided(Math.abs(log(ratio)) / se);
  const right =
    rounds(row.ratio, ratio) &&
    meets({ ...row.low, low: logs(row.low)[0], high: logs(row.low)[1] }, [exactLow, exactLow]) &&
    meets({ ...row.high, low: logs(row.high)[0], high: logs(row.high)[1] }, [exactHigh, exactHigh]) &&
    (row.p === undefined || rounds(row.p, p));
  return right
    ? undefined
    : `The counts (${level.events} and ${level.others} against ${first.events} and ${first.others}) give ${shown(ratio)}, p ${shown(p)}.`;
}
