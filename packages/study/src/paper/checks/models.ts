import { normalQuantile, normalTwoSided } from '@sentinode/statistics';
import { type ModelRow, type PaperCheck, type PaperFinding, rateNames } from '../paper.ts';
import { type Range, shown } from '../printed-number.ts';
import { confusionOf } from '../rates.ts';

const Z = normalQuantile(0.975);

/** The table of models: rates come from whole patients, AUCs lie in their intervals, p values are possible. */
export const models: PaperCheck = {
  name: 'models',
  looksFor:
    'rates that no counts of patients give, AUCs outside their intervals, impossible p of comparisons',
  check: ({ models: rows }, sizes) => {
    const findings: PaperFinding[] = [];
    let compared = 0;
    const add = ({ model, cohort }: ModelRow, printed: string, arithmetic: string): void =>
      void findings.push({
        check: 'models',
        where: 'table 3',
        subject: `${model}, ${cohort}`,
        printed,
        arithmetic,
        rounding: false,
      });
    for (const row of rows) {
      const size = sizes.get(row.cohort);
      if (size !== undefined && row.rates.size > 1) {
        compared++;
        const others = size.n - size.events;
        if (confusionOf(row, size.events, others) === undefined) {
          const culprits = rateNames.filter(
            (name) => row.rates.has(name) && confusionOf(row, size.events, others, name) !== undefined,
          );
          add(
            row,
            [...row.rates].map(([name, { text }]) => `${name} ${text}`).join(', '),
            `No counts among ${size.events} events and ${others} others give these rates.${culprits.length === 0 ? '' : ` They fit with another ${culprits.join(' or ')}.`}`,
          );
        }
      }
      if (row.auc !== undefined && row.interval !== undefined) {
        compared++;
        const [low, high] = row.interval;
        if (row.auc.high < low.low || row.auc.low > high.high)
          add(row, `AUC ${row.auc.text} (${low.text} to ${high.text})`, 'The AUC lies outside its interval.');
      }
      const largest = largestP(row, rows);
      if (row.compared === undefined || largest === undefined) continue;
      compared++;
      if (row.compared.p.low > largest)
        add(
          row,
          `p ${row.compared.p.text} against ${row.compared.with}`,
          `From the printed intervals p is at most ${shown(largest)}, when the two models have nothing in common; a correlation makes it smaller.`,
        );
    }
    return { compared, findings };
  },
};

/** Largest p of the comparison of two AUCs of the same patients that the printed intervals allow. */
function largestP(row: ModelRow, rows: readonly ModelRow[]): number | undefined {
  const other = rows.find(({ model, cohort }) => model === row.compared?.with && cohort === row.cohort);
  if (other?.auc === undefined || row.auc === undefined) return undefined;
  const [a, b] = [standardError(row), standardError(other)];
  if (a === undefined || b === undefined) return undefined;
  const apart = Math.max(0, row.auc.low - other.auc.high, other.auc.low - row.auc.high);
  return normalTwoSided(apart / Math.sqrt(a[1] * a[1] + b[1] * b[1]));
}

/** Standard error of an AUC from its 95 % interval; the wider side where 1 cuts the interval. */
export function standardError({ auc, interval }: ModelRow): Range | undefined {
  if (interval === undefined || auc === undefined) return undefined;
  const [low, high] = interval;
  if (high.high >= 1) return [(auc.low - low.high) / Z, (auc.high - low.low) / Z];
  return [(high.low - low.high) / (2 * Z), (high.high - low.low) / (2 * Z)];
}
