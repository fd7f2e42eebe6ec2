import type { StudyResults } from '@sentinode/study';
import type { Shared } from '../../disclosure/for-sharing.ts';
import { count, HIDDEN, NONE } from '../../text/numbers.ts';
import type { ReportTable, Tabled } from '../report-table.ts';
import { singlePatients, smallCellsNote } from '../small-cells.ts';

type Derived = Shared & Pick<StudyResults, 'derivation'>;

const none: Tabled = { missing: 'the study file derives no variable' };
const shown = (cell: string): string => (cell === '' ? NONE : cell);

/** Variables derived by rules: the rule with its cut-offs, and what it gave. */
export const derivation = {
  name: 'derived-variables',
  from: ['/derivation/variables', '/derivation/conflicts'],
  title: 'Derived clinical variables',
  note: (results: Shared) =>
    `Counts of all rows of the clinical table. Missing: an input that decides is missing. Only supplied: patients among the missing, or filled from the supplied column where it is preferred.${smallCellsNote(results)}`,
  cells: (results: Derived) => {
    const { derivation: found } = results;
    if (found === null) return none;
    const single = singlePatients(results) !== undefined;
    return {
      columns: ['Variable', 'Rule', 'Levels', 'Missing', 'Compared with', 'Conflicts', 'Only supplied'],
      rows: found.variables.map(
        ({ name, rule, sentence, levels, missing, supplied, prefer, onlySupplied }) => [
          name,
          `${rule}: ${sentence}`,
          levels.map(({ level, n }) => `${level} ${count(n)}`).join(', '),
          count(missing),
          supplied === null ? NONE : `${supplied} (the ${prefer} value counts)`,
          single ? HIDDEN : String(found.conflicts.filter(({ variable }) => variable === name).length),
          supplied === null ? NONE : count(onlySupplied),
        ],
      ),
    };
  },
} satisfies ReportTable;

/** Patients whose supplied and derived values differ, or whose inputs contradict each other. */
export const derivationConflicts = {
  name: 'derivation-conflicts',
  from: ['/derivation/conflicts'],
  title: 'Conflicts of derived variables',
  note: (_: Shared) =>
    'Patients by the id of the study, excluded ones among them. Used: the value that entered the study.',
  cells: (results: Derived) => {
    const { derivation: found } = results;
    if (found === null) return none;
    const single = singlePatients(results);
    if (single !== undefined) return single;
    if (found.conflicts.length === 0)
      return {
        missing: 'no supplied value differs from its derived one, and no inputs contradict each other',
      };
    return {
      columns: ['Patient', 'Variable', 'Supplied', 'Derived', 'Used', 'Reason'],
      rows: found.conflicts.map(({ patient, variable, supplied, derived, used, reason }) => [
        patient,
        variable,
        shown(supplied),
        shown(derived),
        shown(used),
        reason,
      ]),
    };
  },
} satisfies ReportTable;
