import type { ModelRow, RateName } from './paper.ts';
import type { PrintedNumber } from './printed-number.ts';

/** Confusion counts. */
export interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

const formulas: Readonly<Record<RateName, (of: Confusion) => number>> = {
  accuracy: ({ tp, fp, fn, tn }) => (tp + tn) / (tp + fp + fn + tn),
  sensitivity: ({ tp, fn }) => tp / (tp + fn),
  specificity: ({ fp, tn }) => tn / (tn + fp),
  ppv: ({ tp, fp }) => tp / (tp + fp),
  npv: ({ fn, tn }) => tn / (tn + fn),
  f1: ({ tp, fp, fn }) => (2 * tp) / (2 * tp + fp + fn),
};

/** Whether counts give every printed rate, printed as a fraction or in percent. */
function gives(counts: Confusion, rates: readonly (readonly [RateName, PrintedNumber])[]): boolean {
  return rates.every(([name, printed]) => {
    const exact = formulas[name](counts);
    const scale = printed.value > 1 ? 100 : 1;
    return !Number.isNaN(exact) && exact * scale >= printed.low && exact * scale <= printed.high;
  });
}

/**
 * Confusion counts that give the printed rates of a row among so many events and others; undefined when there are none.
 * @param without a rate that is left aside
 */
export function confusionOf(
  { rates }: ModelRow,
  events: number,
  others: number,
  without?: RateName,
): Confusion | undefined {
  const used = [...rates].filter(([name]) => name !== without);
  for (const tp of numbersNear(used.find(([name]) => name === 'sensitivity')?.[1], events)) {
    for (const tn of numbersNear(used.find(([name]) => name === 'specificity')?.[1], others)) {
      const counts = { tp, fn: events - tp, tn, fp: others - tn };
      if (gives(counts, used)) return counts;
    }
  }
  return undefined;
}

/** Numerators that a printed proportion of `total` may have; all where it is not printed. */
function numbersNear(printed: PrintedNumber | undefined, total: number): number[] {
  const scale = printed !== undefined && printed.value > 1 ? 100 : 1;
  const first = printed === undefined ? 0 : Math.max(0, Math.ceil((printed.low / scale) * total));
  const last = printed === undefined ? total : Math.min(total, Math.floor((printed.high / scale) * total));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}
