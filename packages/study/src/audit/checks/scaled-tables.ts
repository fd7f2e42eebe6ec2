import type { AuditCheck, AuditFinding } from '../audit.ts';
import { moments, trainingRows } from '../columns.ts';

/** How exactly scaled columns hit their target; files often keep five or six digits. */
const EXACT = 1e-4;
/** Beyond this the training rows alone are not scaled. */
const AWAY = 1e-2;
/** Share of the columns that varies in which scaling must show. */
const MOST = 0.5;

/** Tables standardised, or stretched to 0-1, over all rows. */
export const scaledTables: AuditCheck = {
  name: 'scaled-tables',
  looksFor: 'supplied tables standardised, or stretched to 0-1, over training and validation rows together',
  check: (input) =>
    [...input.tables].flatMap(([name, table]): AuditFinding[] => {
      const training = trainingRows(input, table);
      if (training.length < 5 || training.length === table.ids.length) return [];
      let varying = 0;
      let standardised = 0;
      let stretched = 0;
      for (const column of table.columns) {
        const all = moments(column, null);
        const own = moments(column, training);
        if (all === undefined || own === undefined || all.sd === 0 || new Set(column).size < 5) continue;
        varying++;
        const ddof1 = all.sd * Math.sqrt(column.length / (column.length - 1));
        const unit = Math.min(Math.abs(all.sd - 1), Math.abs(ddof1 - 1)) < EXACT;
        if (unit && Math.abs(all.mean) < EXACT && (Math.abs(own.mean) > AWAY || Math.abs(own.sd - 1) > AWAY))
          standardised++;
        const range = Math.abs(all.minimum) < EXACT && Math.abs(all.maximum - 1) < EXACT;
        if (range && (own.minimum > AWAY / 10 || own.maximum < 1 - AWAY / 10)) stretched++;
      }
      const finding = (code: string, count: number, what: string): AuditFinding => ({
        code,
        severity: 'leak',
        where: `table ${name}`,
        rows: [],
        message: `${count} of ${varying} columns of ${name} have ${what} over all ${table.ids.length} rows, and not over the training rows: they were scaled on training and validation patients together.`,
        matters:
          'Means and spreads of the validation rows entered every training value. The effect on an AUC is usually small, since the outcome was not used; supply the unscaled table.',
      });
      return [
        ...(varying > 0 && standardised >= MOST * varying
          ? [finding('standardised-over-all-rows', standardised, 'mean 0 and standard deviation 1')]
          : []),
        ...(varying > 0 && stretched >= 0.25 * varying && stretched >= 3
          ? [finding('stretched-over-all-rows', stretched, 'minimum 0 and maximum 1')]
          : []),
      ];
    }),
};
