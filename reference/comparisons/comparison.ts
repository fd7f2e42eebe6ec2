import { describe, expect, it } from 'vitest';
import { hasShared } from '../locator.ts';

/** What was compared, our number, the peer's; null is "no number", on which both must agree. */
export type Pair = readonly [
  what: string,
  ours: number | null | undefined,
  theirs: number | string | null | undefined,
];

/** One statistic or estimator beside the tool whose number it must give. */
export interface Comparison {
  readonly statistic: string;
  /** Tool and version. */
  readonly reference: string;
  readonly data: string;
  /** Folder of `../shared/data` that holds the answers, when the project may not ship them. */
  readonly needs?: string;
  /** Largest difference allowed: relative to the peer's number, or to 1 where `absolute`. */
  readonly allowed: number;
  readonly absolute?: true;
  /** Why not smaller. */
  readonly because: string;
  readonly pairs: () => Iterable<Pair>;
}

/** Closed forms differ from the peer by rounding only. */
export const closedForm = { allowed: 1e-9, because: 'closed form: rounding' } as const;

function differenceOf([, ours, theirs]: Pair, absolute: boolean): number {
  const none = (value: Pair[1] | Pair[2]): boolean =>
    value === null || value === undefined || value === '' || value === 'NA' || Number.isNaN(Number(value));
  if (none(ours) || none(theirs)) return none(ours) && none(theirs) ? 0 : Number.POSITIVE_INFINITY;
  const [a, b] = [Number(ours), Number(theirs)];
  if (a === b) return 0;
  return Math.abs(a - b) / (absolute || b === 0 ? 1 : Math.abs(b));
}

const outcome = new Map<Comparison, { values: number; largest: number }>();

/** A difference rounded up to one digit, so that the page changes only when it matters. */
function shown(difference: number): string {
  if (difference === 0) return '0';
  const power = Math.floor(Math.log10(difference));
  const digit = Math.ceil(difference / 10 ** power - 1e-9);
  return digit === 10 ? `1e${power + 1}` : `${digit}e${power}`;
}

/**
 * Tests every comparison and prints the page of them. The page is written by the test run alone
 * (`npx vitest run --project fast reference/comparisons -u`), and the run fails when it says anything else.
 */
export function testComparisons(title: string, page: string, comparisons: readonly Comparison[]): void {
  describe(title, () => {
    for (const comparison of comparisons) {
      const { statistic, reference, data, needs, allowed, absolute, because, pairs } = comparison;
      it.skipIf(needs !== undefined && !hasShared(needs))(`${statistic}: ${reference}, ${data}`, () => {
        let values = 0;
        let largest = 0;
        for (const pair of pairs()) {
          values++;
          const difference = differenceOf(pair, absolute === true);
          largest = Math.max(largest, difference);
          expect(
            difference,
            `${pair[0]}: ${pair[1]} against ${pair[2]}, difference ${difference}, allowed ${allowed} (${because})`,
          ).toBeLessThanOrEqual(allowed);
        }
        expect(values, 'values compared').toBeGreaterThan(0);
        outcome.set(comparison, { values, largest });
      });
    }
    it.skipIf(comparisons.some(({ needs }) => needs !== undefined && !hasShared(needs)))(
      'the page of comparisons says what was just measured',
      async () => {
        const rows = comparisons.map((comparison) => {
          const { statistic, reference, data, allowed, absolute, because } = comparison;
          const found = outcome.get(comparison);
          const cells = [
            statistic,
            reference,
            data,
            String(found?.values ?? 'failed'),
            found === undefined ? 'failed' : shown(found.largest),
            `${shown(allowed)}${absolute === true ? ' absolute' : ''}`,
            because,
          ];
          return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
        });
        const text = [
          '<!-- Printed by the test run (`npx vitest run --project fast reference/comparisons -u`); do not edit. -->',
          `# ${title}`,
          '',
          'Every number below was computed in the test run and set beside the answer of the tool named. A difference is relative to the answer of the tool, or absolute where the limit says so, and is rounded up to one digit.',
          '',
          '| what | tool | data | values compared | largest difference | allowed | why not less |',
          '| --- | --- | --- | --- | --- | --- | --- |',
          ...rows,
          '',
        ].join('\n');
        await expect(text).toMatchFileSnapshot(page);
      },
    );
  });
}
