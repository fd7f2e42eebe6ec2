/** Test rows of each fold: unshuffled, the first n mod k folds one row larger (scikit-learn KFold). */
export function kFold(rows: number, folds: number): number[][] {
  const size = Math.floor(rows / folds);
  const larger = rows % folds;
  let start = 0;
  return Array.from({ length: folds }, (_, fold) => {
    const length = size + (fold < larger ? 1 : 0);
    const test = Array.from({ length }, (_unused, i) => start + i);
    start += length;
    return test;
  });
}
