import { parseNumber } from '@sentinode/core';
import { eventGroup } from '../group-sizes.ts';
import type { Paper, PaperCheck, PaperFinding, Statement } from '../paper.ts';
import { meets, type PrintedNumber, printedNumber, rounds, shown } from '../printed-number.ts';

/** Figures of the prose against themselves, one another and the tables. */
export const statements: PaperCheck = {
  name: 'prose',
  looksFor: 'fractions, products and repeated figures of the prose that do not fit themselves or the tables',
  check: (paper) => {
    const findings: PaperFinding[] = [];
    let compared = 0;
    for (const one of paper.statements) {
      const result = (Object.hasOwn(kinds, one.kind) ? kinds[one.kind]! : tableFigure)(one, paper);
      if (result === undefined) continue;
      compared++;
      if (result !== true) findings.push(findingOf(one, result));
    }
    const again = repeated(paper.statements);
    return { compared: compared + again.compared, findings: [...findings, ...again.findings] };
  },
};

/** What is wrong, `true` when nothing is, undefined when it cannot be told. */
type Judgement = string | true | undefined;
type Judge = (of: Statement, paper: Paper) => Judgement;

const kinds: Readonly<Record<string, Judge>> = {
  fraction,
  features_per_patient: featuresPerPatient,
  deep_length: sumOfParts,
  calibration_slope: (of) => praised(of, ({ value }) => value >= 0.8 && value <= 1.2, 'a slope of 1'),
  calibration_intercept: (of) => praised(of, ({ value }) => Math.abs(value) <= 0.2, 'an intercept of 0'),
};

function findingOf({ section, kind, subject, value }: Statement, arithmetic: string): PaperFinding {
  return {
    check: 'prose',
    where: section || 'prose',
    subject: subject === '' ? kind : `${kind}, ${subject}`,
    printed: value,
    arithmetic,
    rounding: false,
  };
}

/** `80/102` with its percentage, and the counts of Table 1 where the subject names a level. */
function fraction({ subject, value, detail }: Statement, { baseline }: Paper): Judgement {
  const match = /^(\d+)\s*\/\s*(\d+)$/.exec(value);
  if (match === null) return undefined;
  const [part, whole] = [Number.parseInt(match[1]!, 10), Number.parseInt(match[2]!, 10)];
  const percent = printedNumber(detail.replace(/\s*%$/, ''));
  if (percent !== undefined && !rounds(percent, (100 * part) / whole))
    return `${part} of ${whole} are ${shown((100 * part) / whole)} %, not ${detail}.`;
  if (baseline === undefined) return percent === undefined ? undefined : true;
  const group = eventGroup(baseline);
  for (const variable of baseline.variables) {
    for (const { level, counts } of variable.levels) {
      const named = [level, `${variable.name}-${level}`, `${variable.name} ${level}`];
      if (!named.some((name) => subject === name || subject.startsWith(`${name} `))) continue;
      const total = counts.reduce((a, b) => a + b, 0);
      if (counts.includes(part) && total === whole) return true;
      return `Table 1 has ${counts[group]} of ${total} for ${variable.name} ${level}.`;
    }
  }
  return percent === undefined ? undefined : true;
}

/** Features per region times what the detail lists: `3 sequences x (pre; post; delta)`. */
function featuresPerPatient({ value, detail }: Statement, { statements: all }: Paper): Judgement {
  const each = parseNumber(all.find(({ kind }) => kind === 'features_per_roi')?.value ?? '');
  const match = /^(\d+)\D*?x\s*\(([^)]*)\)/.exec(detail);
  const printed = parseNumber(value);
  if (each === undefined || match === null || printed === undefined) return undefined;
  const product = each * Number.parseInt(match[1]!, 10) * match[2]!.split(/[;,+]/).length;
  return product === printed ? true : `${each} for each region, ${detail}, are ${product}.`;
}

/** `pre + post + delta of 2048` */
function sumOfParts({ value, detail }: Statement): Judgement {
  const match = /^(.+\+.+) of (\d+)$/.exec(detail);
  const printed = parseNumber(value);
  if (match === null || printed === undefined) return undefined;
  const sum = match[1]!.split('+').length * Number.parseInt(match[2]!, 10);
  return sum === printed ? true : `${detail} are ${sum}.`;
}

/** A figure that the prose praises. */
function praised(
  { value, detail }: Statement,
  good: (of: PrintedNumber) => boolean,
  ideal: string,
): Judgement {
  const printed = printedNumber(value);
  if (printed === undefined || !/good|excellent|well|strong/i.test(detail)) return undefined;
  return good(printed) ? true : `The text says "${detail}"; perfect agreement has ${ideal}.`;
}

/** A figure of the table of models that the prose prints again: kind `auc`, subject `dlr validation`. */
function tableFigure({ kind, subject, value }: Statement, { models }: Paper): Judgement {
  const printed = printedNumber(value);
  const row = models.find(
    ({ model, cohort }) => subject === `${model} ${cohort}` || subject === `${model}, ${cohort}`,
  );
  const inTable = row === undefined ? undefined : kind === 'auc' ? row.auc : row.rates.get(kind as 'f1');
  if (printed === undefined || inTable === undefined) return undefined;
  return meets(printed, [inTable.low, inTable.high]) ? true : `Table 3 has ${inTable.text}.`;
}

/** The same quantity printed twice. */
function repeated(all: readonly Statement[]): { compared: number; findings: PaperFinding[] } {
  const findings: PaperFinding[] = [];
  let compared = 0;
  const first = new Map<string, Statement>();
  for (const one of all) {
    const key = `${one.kind}\n${one.subject}`;
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, one);
      continue;
    }
    const [a, b] = [printedNumber(before.value), printedNumber(one.value)];
    if (a === undefined || b === undefined) continue;
    compared++;
    if (meets(a, [b.low, b.high])) continue;
    findings.push(
      findingOf(
        one,
        `The ${before.section} section has ${before.value} (${before.detail}); the two places differ.`,
      ),
    );
  }
  return { compared, findings };
}
