import { z } from 'zod';

/** Reads one patient's cells for a rule; every method gives null where the cell is missing. */
export interface PatientCells {
  /** @throws SentinodeError `table-number` for text, and for numbers outside the range or not whole where they must be */
  number(column: string, allowed: NumberRange): number | null;
  /**
   * The word that a cell means. Columns that another rule derives give its word, whatever their cells look like.
   * @param words by word, what a cell may say for it, in small letters
   * @throws SentinodeError `level-unknown` for any other text
   */
  word<Word extends string>(column: string, words: Readonly<Record<Word, readonly string[]>>): Word | null;
  /** An error that names file, line, column and patient. */
  refuse(code: 'table-number' | 'level-unknown', column: string, sentence: string): never;
}

export interface NumberRange {
  readonly from: number;
  readonly to: number;
  readonly isWhole?: true;
}

/** What a rule makes of one patient. */
export interface DerivedWord {
  /** One of the rule's words; null where an input that decides is missing. */
  readonly word: string | null;
  /** Inputs that contradict each other, in words; the patient is listed. */
  readonly contradiction?: string;
}

/** A clinical variable computed from other columns. One folder each, one line in `rules/index.ts`. */
export interface DerivationRule<Options extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly options: Options;
  /** Words that it gives, in the order in which tables print them, with the cell that stands for each by default. */
  readonly words: (options: z.output<Options>) => Readonly<Record<string, string>>;
  /** Columns that it reads. */
  readonly inputs: (options: z.output<Options>) => readonly string[];
  /** The rule with its cut-offs, as the report prints it. */
  readonly sentence: (options: z.output<Options>) => string;
  readonly derive: (cells: PatientCells, options: z.output<Options>) => DerivedWord;
}

const column = z.string().min(1);

/** Keys that every rule has beside its own. */
export const sharedKeys = {
  levels: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe('how the table writes the words of the rule, e.g. {negative: 0, positive: 1}'),
  supplied: column
    .optional()
    .describe('column that is compared with the derived value; default: the one of the same name, if any'),
  prefer: z
    .enum(['derived', 'supplied'])
    .default('derived')
    .describe('the value that counts where both are there and differ, and where only the supplied one is'),
};

export const columnKey = (meaning: string) => column.describe(meaning);

/** Cells in per cent. */
export const percentRange: NumberRange = { from: 0, to: 100 };

export const cutOffKey = z.number().gt(0).max(100).describe('per cent; this value and above');

/** What cells may say for a receptor or an amplification. */
export const statusWords = {
  negative: ['negative', 'neg', '-', '0', 'no', 'not amplified', 'non-amplified'],
  positive: ['positive', 'pos', '+', '1', 'yes', 'amplified'],
} as const;
