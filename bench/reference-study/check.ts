import type { Classified } from './tasks.ts';

/** What either side writes. */
export interface SideResult {
  readonly parts: Readonly<Record<string, { readonly wall: number; readonly cpu: number }>>;
  readonly peakMegabytes: number;
  /** Of the peer's processes, beside its own. */
  readonly peakMegabytesOfProcesses?: number;
  readonly selection: Readonly<Record<string, { readonly kept: readonly number[]; readonly alpha: number }>>;
  readonly classifiers: readonly ({ readonly model: string; readonly classifier: string } & Classified)[];
  readonly optimism: readonly { readonly model: string; readonly auc: number; readonly brier: number }[];
  readonly differences: readonly { readonly pair: readonly string[]; readonly [key: string]: unknown }[];
}

/** Largest difference of a probability allowed, and why; null: chance decides in the peer, AUCs are compared. */
const allowed: Readonly<
  Record<string, { readonly p: number | null; readonly because: string; readonly without?: string }>
> = {
  'logistic-regression': { p: 1e-3, because: "the peer's lbfgs stops before its optimum" },
  'gaussian-nb': { p: 1e-8, because: 'closed form' },
  svm: { p: 1e-2, because: "the peer's libsvm stops at tol 1e-3" },
  // patients with the same clinical columns are equally far: which of them are the nearest is a matter of order
  knn: { p: 1e-12, because: 'closed form; the clinical model is left out', without: 'clinical' },
  lightgbm: { p: 1e-5, because: 'float32 gradients on both sides' },
  'gradient-boosting': { p: null, because: 'the peer breaks ties at random' },
  adaboost: { p: null, because: 'the peer breaks ties at random' },
  mlp: { p: null, because: 'other initial weights' },
};
/** Where chance decides: largest difference of the mean AUC of the folds. */
const COMPARABLE = 0.1;

/** One line of the check: what, largest difference, what is allowed. */
export interface Checked {
  readonly what: string;
  readonly difference: number;
  readonly allowed: number;
  readonly because: string;
}

/** Compares both sides. @throws Error where they differ by more than is allowed */
export function check(ours: SideResult, peer: SideResult): Checked[] {
  const lines: Checked[] = [];
  const line = (what: string, difference: number, limit: number, because: string): void => {
    lines.push({ what, difference, allowed: limit, because });
    if (!(difference <= limit))
      throw new Error(`${what}: the sides differ by ${difference}, allowed ${limit} (${because})`);
  };
  for (const [block, { kept, alpha }] of Object.entries(ours.selection)) {
    const other = peer.selection[block]!;
    const same = kept.length === other.kept.length && kept.every((column, k) => column === other.kept[k]);
    line(`columns selected, ${block}`, same ? 0 : 1, 0, 'the same columns');
    line(`LASSO alpha, ${block}`, Math.abs(alpha / other.alpha - 1), 1e-6, 'the same grid');
  }
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  for (const [classifier, { p, because, without }] of Object.entries(allowed)) {
    let largest = 0;
    for (const own of ours.classifiers) {
      if (own.classifier !== classifier || own.model === without) continue;
      const other = peer.classifiers.find((one) => one.classifier === classifier && one.model === own.model)!;
      if (p === null) largest = Math.max(largest, Math.abs(mean(own.foldAucs) - mean(other.foldAucs)));
      else
        for (const key of ['outOfFold', 'validation'] as const)
          Array.from(own[key]).forEach((value, i) => {
            largest = Math.max(largest, Math.abs(value - other[key][i]!));
          });
    }
    const what = p === null ? `${classifier}, mean AUC of the folds` : `${classifier}, probabilities`;
    line(what, largest, p ?? COMPARABLE, because);
  }
  ours.optimism.forEach((own, k) => {
    const other = peer.optimism[k]!;
    const difference = Math.max(Math.abs(own.auc - other.auc), Math.abs(own.brier - other.brier));
    line(`optimism of ${own.model}, AUC and Brier`, difference, 1e-3, "the same resamples; the peer's lbfgs");
  });
  ours.differences.forEach((own, k) => {
    const result = own.result as {
      readonly difference: number;
      readonly percentile: { readonly ci: readonly number[] };
    };
    const other = peer.differences[k]! as unknown as {
      readonly difference: number;
      readonly ci: readonly number[];
    };
    const all = [
      [result.difference, other.difference],
      ...result.percentile.ci.map((limit, i) => [limit, other.ci[i]!]),
    ];
    const largest = Math.max(...all.map(([a, b]) => Math.abs(a! - b!)));
    line(
      `AUC difference ${own.pair.join(' - ')} and its limits`,
      largest,
      5e-3,
      'the same resamples; close scores may swap ranks',
    );
  });
  return lines;
}
