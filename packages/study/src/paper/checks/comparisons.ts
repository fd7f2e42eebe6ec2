import { holm, normalQuantile, normalTwoSided } from '@sentinode/statistics';
import type { ModelRow, Paper, PaperCheck, PaperFinding, Statement } from '../paper.ts';
import { meets, type PrintedNumber, printedNumber, type Range, rounds, shown } from '../printed-number.ts';
import { standardError } from './models.ts';

const Z = normalQuantile(0.975);

/** What the prose says of comparisons between models and cohorts, against the table of models. */
export const comparisons: PaperCheck = {
  name: 'comparisons',
  looksFor: 'comparisons of the prose that the table of models contradicts',
  check: (paper) => {
    const findings: PaperFinding[] = [];
    let compared = 0;
    for (const one of paper.statements) {
      const found =
        one.kind === 'comparison'
          ? betweenModels(one, paper)
          : one.kind === 'auc_difference'
            ? betweenCohorts(one, paper)
            : undefined;
      if (found === undefined) continue;
      compared++;
      findings.push(...found);
    }
    return { compared, findings };
  },
};

function finding(of: Statement, printed: string, arithmetic: string, rounding = false): PaperFinding {
  return {
    check: 'comparisons',
    where: of.section || 'prose',
    subject: `${of.kind}, ${of.subject}`,
    printed,
    arithmetic,
    rounding,
  };
}

const probability = (text: string): PrintedNumber | undefined =>
  printedNumber(text.replace(/^p\s*=?\s*/i, ''));

/** `dlr vs clinical`, `p<0.0001`: against the p of the table, and against a claim that it is the only one. */
function betweenModels(of: Statement, { models }: Paper): PaperFinding[] | undefined {
  const match = /^(.+?) vs\.? (.+)$/.exec(of.subject);
  const stated = probability(of.value);
  if (match === null || stated === undefined) return undefined;
  const family = models.filter(({ compared }) => compared?.with === match[1]);
  const row = family.find(({ model }) => model === match[2]);
  if (row === undefined) return undefined;
  const found: PaperFinding[] = [];
  const inTable = row.compared!.p;
  if (!(stated.low <= inTable.low && stated.high >= inTable.high) && stated.text !== inTable.text)
    found.push(
      finding(
        of,
        of.value,
        `Table 3 has p ${inTable.text}; the two places differ.`,
        meets(stated, [inTable.low, inTable.high]),
      ),
    );
  const others = family.filter((other) => other !== row && other.compared!.p.high < 0.05);
  if (/only/i.test(of.detail) && /signific|outperform/i.test(of.detail) && others.length > 0) {
    const adjusted = holm(family.map(({ compared }) => compared!.p.value));
    const text = others
      .map(
        (other) =>
          `${other.model} ${other.compared!.p.text} (after Holm ${shown(adjusted[family.indexOf(other)]!)})`,
      )
      .join(', ');
    found.push(finding(of, of.detail, `Table 3 has p below 0.05 against others as well: ${text}.`));
  }
  return found;
}

/** `dlr training - validation` with the difference of two AUCs, its interval and its p. */
function betweenCohorts(of: Statement, { models }: Paper): PaperFinding[] | undefined {
  const match = /^(\S+) (\S+) - (\S+)$/.exec(of.subject);
  const stated = printedNumber(of.value);
  if (match === null || stated === undefined) return undefined;
  const row = (cohort: string): ModelRow | undefined =>
    models.find((one) => one.model === match[1] && one.cohort === cohort);
  const [first, second] = [row(match[2]!), row(match[3]!)];
  if (first?.auc === undefined || second?.auc === undefined) return undefined;
  const difference: Range = [first.auc.low - second.auc.high, first.auc.high - second.auc.low];
  if (!meets(stated, difference))
    return [
      finding(
        of,
        of.value,
        `Table 3 has ${first.auc.text} and ${second.auc.text}, a difference of ${shown(first.auc.value - second.auc.value)}.`,
      ),
    ];
  const interval = /ci\s+(-?[\d.]+)\s+to\s+(-?[\d.]+)/i.exec(of.detail);
  const p = printedNumber(/p\s*=?\s*([<>]?\s*[\d.]+)/i.exec(of.detail)?.[1]);
  const [a, b] = [standardError(first), standardError(second)];
  if (p === undefined || a === undefined || b === undefined) return [];
  const se = [Math.sqrt(a[0] * a[0] + b[0] * b[0]), Math.sqrt(a[1] * a[1] + b[1] * b[1])] as const;
  const least =
    difference[0] <= 0 && difference[1] >= 0 ? 0 : Math.min(Math.abs(difference[0]), Math.abs(difference[1]));
  const most = Math.max(Math.abs(difference[0]), Math.abs(difference[1]));
  const possible: Range = [normalTwoSided(most / se[0]), normalTwoSided(least / se[1])];
  // A resampled p is not that of the normal approximation; what it must not do is turn a finding round.
  const significant = p.high < 0.05 ? true : p.low > 0.05 ? false : undefined;
  const turned =
    (significant === true && possible[0] > 0.05) || (significant === false && possible[1] < 0.05);
  if (!turned || rounds(p, (possible[0] + possible[1]) / 2)) return [];
  const middle = first.auc.value - second.auc.value;
  const half = (Z * (se[0] + se[1])) / 2;
  return [
    finding(
      of,
      `${of.value}, ${of.detail}`,
      `From the printed intervals of the two AUCs: interval ${shown(middle - half)} to ${shown(middle + half)}, p ${shown(possible[0])} to ${shown(possible[1])}${interval === null ? '' : `; the printed interval is centred on ${shown((Number.parseFloat(interval[1]!) + Number.parseFloat(interval[2]!)) / 2)}, not on ${of.value}`}.`,
    ),
  ];
}
