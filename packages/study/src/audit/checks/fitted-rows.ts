import { type AuditCheck, type AuditFinding, idsOf } from '../audit.ts';

/** Fitted objects and decisions whose recorded rows hold validation patients. */
export const fittedRows: AuditCheck = {
  name: 'fitted-rows',
  looksFor: 'fitted objects, settings, classifiers and cut-offs whose recorded rows hold validation patients',
  check: (input) => {
    const held = idsOf(input, 'validation');
    const { sets, fitted, decisions } = input.trail;
    const leaked = (name: string): string[] => (sets[name] ?? []).filter((row) => held.has(row));
    return [
      ...fitted.flatMap(({ where, rows }): AuditFinding[] => {
        const found = leaked(rows);
        if (found.length === 0) return [];
        return [
          {
            code: 'fitted-on-validation',
            severity: 'leak',
            where,
            rows: found,
            message: `${where} was fitted on ${found.length} validation patients.`,
            matters:
              'Every number of the validation cohort that depends on this object is optimistic; by how much depends on what it learns, up to the whole gap to the training performance.',
          },
        ];
      }),
      ...decisions.flatMap(({ what, how, rows }): AuditFinding[] => {
        const found = leaked(rows);
        if (found.length === 0) return [];
        return [
          {
            code: 'decided-on-validation',
            severity: 'leak',
            where: what,
            rows: found,
            message: `${what} was decided on ${found.length} validation patients (${how}).`,
            matters:
              'The validation performance of what was chosen is that of the best of several, which is higher than that of one named beforehand; the report gives the expected difference where a classifier was chosen.',
          },
        ];
      }),
    ];
  },
};
