import type { AuditCheck, AuditFinding } from '../audit.ts';
import { moments, pearson, trainingRows } from '../columns.ts';

/** Correlations of components over the rows they were fitted on are 0 up to the digits of the file. */
const EXACT = 1e-4;
const AWAY = 1e-2;
/** So many neighbours in a row do not come about by chance. */
const RUN = 4;

/** Tables of principal components that were fitted on all rows. */
export const rotatedTables: AuditCheck = {
  name: 'rotated-tables',
  looksFor: 'supplied tables of principal components fitted on training and validation rows together',
  check: (input) =>
    [...input.tables].flatMap(([name, table]): AuditFinding[] => {
      const training = trainingRows(input, table);
      if (training.length < 5 || training.length === table.ids.length) return [];
      let run = 0;
      let longest = 0;
      let away = 0;
      for (let j = 1; j < table.columns.length; j++) {
        const [a, b] = [table.columns[j - 1]!, table.columns[j]!];
        const [ma, mb] = [moments(a, null), moments(b, null)];
        const usable = ma !== undefined && mb !== undefined && ma.sd > 0 && mb.sd > 0;
        const centred =
          usable && Math.abs(ma.mean) < EXACT * ma.sd * 10 && Math.abs(mb.mean) < EXACT * mb.sd * 10;
        if (centred && Math.abs(pearson(a, b, null)) < EXACT) {
          run++;
          if (Math.abs(pearson(a, b, training)) > AWAY) away++;
          longest = Math.max(longest, run);
        } else run = 0;
      }
      if (longest < RUN || away < longest / 2) return [];
      return [
        {
          code: 'rotated-over-all-rows',
          severity: 'leak',
          where: `table ${name}`,
          rows: [],
          message: `${longest + 1} neighbouring columns of ${name} are centred and uncorrelated over all ${table.ids.length} rows, and correlated over the training rows: they are components fitted on training and validation patients together.`,
          matters:
            'Directions of the validation rows entered the training features. The effect on an AUC is usually small, since the outcome was not used; supply the columns before the rotation.',
        },
      ];
    }),
};
