/** Adjusted p values of a family, in the order given. */
export type Adjustment = (p: readonly number[]) => number[];

const ordered = (p: readonly number[]): number[] => p.map((_, i) => i).sort((a, b) => p[a]! - p[b]!);

/** Holm (1979), step-down. */
export const holm: Adjustment = (p) => {
  const adjusted = new Array<number>(p.length);
  let running = 0;
  ordered(p).forEach((index, rank) => {
    running = Math.max(running, Math.min(1, p[index]! * (p.length - rank)));
    adjusted[index] = running;
  });
  return adjusted;
};

/** Step-up adjustment with a factor per rank (from 0). */
const stepUp =
  (factor: (rank: number, n: number) => number): Adjustment =>
  (p) => {
    const adjusted = new Array<number>(p.length);
    const order = ordered(p);
    let running = 1;
    for (let rank = order.length - 1; rank >= 0; rank--) {
      running = Math.min(running, p[order[rank]!]! * factor(rank, p.length));
      adjusted[order[rank]!] = running;
    }
    return adjusted;
  };

/** Hochberg (1988), step-up. */
export const hochberg: Adjustment = stepUp((rank, n) => n - rank);

/** Benjamini & Hochberg (1995), false discovery rate. */
export const benjaminiHochberg: Adjustment = stepUp((rank, n) => n / (rank + 1));

/** Bonferroni. */
export const bonferroni: Adjustment = (p) => p.map((value) => Math.min(1, value * p.length));
