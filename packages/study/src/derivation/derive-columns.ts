import { nearest, parseNumber, SentinodeError } from '@sentinode/core';
import type { DerivationConflict, Derivation as DerivationResult } from '../results/derivation.ts';
import { columnIndex, type RawTable } from '../tables/index.ts';
import type { PatientCells } from './rule.ts';
import { type Derivation, ruleOf, type SharedOptions } from './rules/index.ts';

/** Part of the study file's cohort that decides what is derived. */
export interface DerivationOptions {
  readonly id: string;
  readonly table: string | { readonly decimal?: '.' | ',' };
  readonly na: readonly (string | number | boolean)[];
  readonly derive: Readonly<Record<string, Derivation>>;
}

/** The clinical table with its derived columns, and what was derived. */
export interface DerivedTable {
  readonly table: RawTable;
  readonly derivation: DerivationResult | null;
}

/**
 * Adds the derived columns to a clinical table, or puts them in the place of columns of the same name, which are compared.
 * A rule may read what another one derives, in whatever order they are declared.
 * @throws SentinodeError `column-unknown`, `option-invalid` (rules that wait for each other, levels that a rule does not
 * have), `table-number`, `decimal-comma`, `level-unknown`
 */
export function deriveColumns(table: RawTable, options: DerivationOptions): DerivedTable {
  const names = Object.keys(options.derive);
  if (names.length === 0) return { table, derivation: null };
  const words = new Map<string, readonly (string | null)[]>();
  let derived = table;
  const results = new Map<string, DerivationResult['variables'][number]>();
  const conflicts = new Map<string, DerivationConflict[]>();
  for (const name of inOrder(options.derive)) {
    const one = deriveOne(name, options.derive[name]!, table, derived, words, options);
    words.set(name, one.words);
    derived = one.table;
    results.set(name, one.result);
    conflicts.set(name, one.conflicts);
  }
  return {
    table: derived,
    derivation: {
      variables: names.map((name) => results.get(name)!),
      conflicts: names.flatMap((name) => conflicts.get(name)!),
    },
  };
}

/** Names of the derived variables, each after those that it reads. */
function inOrder(derive: Readonly<Record<string, Derivation>>): string[] {
  const names = Object.keys(derive);
  const readsOf = new Map(
    names.map((name) => {
      const { rule, options } = ruleOf(derive[name]!);
      return [name, rule.inputs(options).filter((input) => names.includes(input))];
    }),
  );
  const done: string[] = [];
  while (done.length < names.length) {
    const ready = names.find(
      (name) => !done.includes(name) && readsOf.get(name)!.every((input) => done.includes(input)),
    );
    if (ready === undefined) {
      const waiting = names.filter((name) => !done.includes(name));
      throw new SentinodeError(
        'option-invalid',
        `${waiting.join(' and ')} cannot be derived: ${waiting.length === 1 ? 'it reads itself' : 'they read each other'}. Read a column of the table under another name.`,
        { field: `cohort.derive.${waiting[0]}` },
      );
    }
    done.push(ready);
  }
  return done;
}

function deriveOne(
  name: string,
  declared: Derivation,
  table: RawTable,
  derived: RawTable,
  words: ReadonlyMap<string, readonly (string | null)[]>,
  cohort: DerivationOptions,
): {
  table: RawTable;
  words: (string | null)[];
  result: DerivationResult['variables'][number];
  conflicts: DerivationConflict[];
} {
  const { rule, options } = ruleOf(declared);
  const field = `cohort.derive.${name}.${rule.name}`;
  const cellOf = cellsOf(rule.words(options), options, field);
  for (const input of rule.inputs(options)) columnIndex(derived, input);
  const supplied = suppliedColumn(name, table, options);
  const ids = derived.rows.map((row) => row[columnIndex(derived, cohort.id)]!.trim());
  const na = new Set(cohort.na.map(String));
  const isMissing = (cell: string): boolean => cell.trim() === '' || na.has(cell.trim());
  const conflicts: DerivationConflict[] = [];
  let onlySupplied = 0;
  const found = derived.rows.map((_, row): string | null => {
    const read = reader(derived, row, ids[row]!, words, cohort, isMissing);
    const { word, contradiction } = rule.derive(read, options);
    const given = supplied === null ? '' : table.rows[row]![supplied.index]!;
    const own =
      supplied === null || isMissing(given) ? null : wordOf(given, cellOf, read, supplied.name, field);
    if (word === null && own !== null) onlySupplied++;
    const used = options.prefer === 'supplied' ? (own ?? word) : word;
    const shown = (value: string | null): string => (value === null ? '' : cellOf.get(value)!);
    const isDifferent = own !== null && word !== null && cellOf.get(own) !== cellOf.get(word);
    if (isDifferent || contradiction !== undefined)
      conflicts.push({
        patient: ids[row]!,
        variable: name,
        supplied: shown(own),
        derived: shown(word),
        used: shown(used),
        reason: [
          ...(isDifferent ? [`${supplied!.name} says otherwise`] : []),
          ...(contradiction === undefined ? [] : [contradiction]),
        ].join('; '),
      });
    return used;
  });
  const cells = found.map((word) => (word === null ? '' : cellOf.get(word)!));
  const levels = [...new Set(cellOf.values())];
  return {
    table: withColumn(derived, name, cells),
    words: found,
    conflicts,
    result: {
      name,
      rule: rule.name,
      sentence: rule.sentence(options),
      supplied: supplied?.name ?? null,
      prefer: options.prefer,
      levels: levels.map((level) => ({ level, n: cells.filter((cell) => cell === level).length })),
      missing: cells.filter((cell) => cell === '').length,
      onlySupplied,
    },
  };
}

/** By word of the rule, the cell that stands for it. @throws `option-invalid` for a word that the rule does not have */
function cellsOf(
  usual: Readonly<Record<string, string>>,
  { levels = {} }: SharedOptions,
  field: string,
): Map<string, string> {
  const words = Object.keys(usual);
  const unknown = Object.keys(levels).find((word) => !words.includes(word));
  if (unknown !== undefined) {
    const near = nearest(unknown, words);
    throw new SentinodeError(
      'option-invalid',
      `"${unknown}" is nothing that this rule gives: ${near === undefined ? `it gives ${words.join(', ')}` : `did you mean "${near}"?`}`,
      { field: `${field}.levels.${unknown}` },
    );
  }
  return new Map(words.map((word) => [word, String(levels[word] ?? usual[word])]));
}

/** The column that is compared. Only columns of the table itself are supplied. */
function suppliedColumn(
  name: string,
  table: RawTable,
  { supplied }: SharedOptions,
): { name: string; index: number } | null {
  if (supplied !== undefined) return { name: supplied, index: columnIndex(table, supplied) };
  return table.columns.includes(name) ? { name, index: columnIndex(table, name) } : null;
}

function wordOf(
  cell: string,
  cellOf: ReadonlyMap<string, string>,
  read: PatientCells,
  column: string,
  field: string,
): string {
  for (const [word, text] of cellOf) if (isSame(cell, text)) return word;
  return read.refuse(
    'level-unknown',
    column,
    `"${cell.trim()}" is none of ${[...new Set(cellOf.values())].join(', ')}; say how ${column} writes them under ${field}.levels, or list the text under na.`,
  );
}

function isSame(cell: string, text: string): boolean {
  const a = parseNumber(cell);
  const b = parseNumber(text);
  return a !== undefined && b !== undefined
    ? a === b
    : cell.trim().toLowerCase() === text.trim().toLowerCase();
}

function reader(
  table: RawTable,
  row: number,
  patient: string,
  words: ReadonlyMap<string, readonly (string | null)[]>,
  cohort: DerivationOptions,
  isMissing: (cell: string) => boolean,
): PatientCells {
  const decimal = typeof cohort.table === 'string' ? '.' : (cohort.table.decimal ?? '.');
  const line = table.lines?.[row];
  const where = line === undefined ? `row ${row + 1}` : `line ${line}`;
  const refuse = (code: 'table-number' | 'level-unknown', column: string, sentence: string): never => {
    throw new SentinodeError(code, `Column "${column}", ${where}: ${sentence}`, {
      file: table.file,
      field: column,
      patient,
      line,
    });
  };
  const cellAt = (column: string): string => table.rows[row]![columnIndex(table, column)]!;
  return {
    number: (column, { from, to, isWhole }) => {
      const cell = cellAt(column);
      if (isMissing(cell)) return null;
      const value = parseNumber(cell, decimal);
      if (value === undefined)
        return refuse(
          'table-number',
          column,
          `"${cell.trim().slice(0, 40)}" is no number. Mend the cell, or list it under na if it means "missing".`,
        );
      if (value < from || value > to || (isWhole === true && !Number.isInteger(value)))
        return refuse(
          'table-number',
          column,
          `${value} is no ${isWhole === true ? 'whole ' : ''}number from ${from} to ${to}. Mend the cell.`,
        );
      return value;
    },
    word: <Word extends string>(column: string, accepted: Readonly<Record<Word, readonly string[]>>) => {
      const known = words.get(column);
      const cell = known === undefined ? cellAt(column) : (known[row] ?? '');
      if (isMissing(cell)) return null;
      const text = cell.trim().toLowerCase();
      const entries = Object.entries(accepted) as [Word, readonly string[]][];
      const match = entries.find(([word, texts]) => word === text || texts.includes(text));
      if (match !== undefined) return match[0];
      return refuse(
        'level-unknown',
        column,
        `"${cell.trim().slice(0, 40)}" is none of ${entries.flatMap(([, texts]) => texts).join(', ')}. Mend the cell, or list it under na if it means "missing".`,
      );
    },
    refuse,
  };
}

function withColumn(table: RawTable, name: string, cells: readonly string[]): RawTable {
  const at = table.columns.indexOf(name);
  if (at < 0)
    return {
      ...table,
      columns: [...table.columns, name],
      rows: table.rows.map((row, index) => [...row, cells[index]!]),
    };
  return {
    ...table,
    rows: table.rows.map((row, index) => row.map((cell, column) => (column === at ? cells[index]! : cell))),
  };
}
