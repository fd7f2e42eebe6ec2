import { type Random, SentinodeError } from '@sentinode/core';

/**
 * Test rows of each fold with the outcomes shared out evenly. Without a generator the folds are those of scikit-learn's
 * unshuffled `StratifiedKFold`; with one, the rows of each outcome are dealt to the folds at random.
 * @throws SentinodeError `too-few-rows` when the rarer outcome has fewer rows than there are folds
 */
export function stratifiedKFold(outcomes: readonly (0 | 1)[], folds: number, random?: Random): number[][] {
  const first = outcomes[0] ?? 0;
  const classes = [first, 1 - first].map((value) =>
    outcomes.flatMap((outcome, row) => (outcome === value ? [row] : [])),
  );
  const rarer = Math.min(classes[0]!.length, classes[1]!.length);
  if (rarer < folds) {
    throw new SentinodeError(
      'too-few-rows',
      `${folds} stratified folds need ${folds} patients of each outcome; the rarer outcome has ${rarer}.`,
      { field: 'resampling' },
    );
  }
  const sizes = allocation(classes[0]!.length, outcomes.length, folds);
  const test: number[][] = Array.from({ length: folds }, () => []);
  classes.forEach((rows, which) => {
    const labels = sizes.flatMap((counts, fold) => new Array<number>(counts[which]!).fill(fold));
    if (random !== undefined) random.shuffle(labels);
    rows.forEach((row, index) => {
      test[labels[index]!]!.push(row);
    });
  });
  return test.map((rows) => rows.sort((a, b) => a - b));
}

/** How many rows of each class a fold gets: every `folds`-th row of the rows sorted by class. */
function allocation(ofFirst: number, rows: number, folds: number): [number, number][] {
  return Array.from({ length: folds }, (_, fold) => {
    let first = 0;
    let second = 0;
    for (let row = fold; row < rows; row += folds) {
      if (row < ofFirst) first++;
      else second++;
    }
    return [first, second];
  });
}
