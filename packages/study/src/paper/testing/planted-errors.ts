import type { Random } from '@sentinode/core';
import type { MadeUpPaper } from './made-up-paper.ts';

/** An error that is put into a paper, and where the one finding must be. */
export interface PlantedError {
  readonly name: string;
  /** Changes one figure and returns the beginning of the finding's subject. */
  readonly plant: (paper: MadeUpPaper, random: Random) => string;
}

type Rows = string[][];

function pick(rows: Rows, random: Random, wanted: (row: string[]) => boolean): string[] {
  const found = rows.slice(1).filter(wanted);
  return found[random.integer(found.length)]!;
}

const statement =
  (kind: string, subject: string, change: (value: string, detail: string) => [string, string]) =>
  ({ printed }: MadeUpPaper): string => {
    const row = printed.find((cells) => cells[2] === kind && cells[3] === subject)!;
    [row[4], row[5]] = change(row[4]!, row[5]!);
    return subject === ''
      ? kind
      : kind.startsWith('n') || kind === 'percent_events'
        ? `${kind} of ${subject}`
        : `${kind}, ${subject}`;
  };

const plus = (text: string, by: number): string => String(Number(text) + by);

/** One of each kind; those with a random choice differ from paper to paper. */
export const plantedErrors: readonly PlantedError[] = [
  {
    name: 'size of the training cohort',
    plant: statement('n', 'training', (value, detail) => [plus(value, 20), detail]),
  },
  {
    name: 'size of the whole cohort',
    plant: statement('n', 'all', (value, detail) => [plus(value, 10), detail]),
  },
  {
    name: 'events of the validation cohort',
    plant: statement('n_events', 'validation', (value, detail) => [plus(value, 7), detail]),
  },
  {
    name: 'share of events',
    plant: statement('percent_events', 'training', (value, detail) => [
      (Number(value) + 3.2).toFixed(1),
      detail,
    ]),
  },
  {
    name: 'events per variable',
    plant: statement('epv', 'combined', (value, detail) => [(Number(value) + 4).toFixed(1), detail]),
  },
  {
    name: 'features of a patient',
    plant: statement('features_per_patient', '', (value, detail) => [plus(value, 100), detail]),
  },
  {
    name: 'length of the deep vector',
    plant: statement('deep_length', '', (value, detail) => [plus(value, 512), detail]),
  },
  {
    name: 'AUC in the abstract',
    plant: statement('auc', 'combined validation', (value, detail) => [
      (Number(value) - 0.05).toFixed(3),
      detail,
    ]),
  },
  {
    name: 'p in the abstract',
    plant: statement('comparison', 'combined vs clinical', () => ['p=0.2000', '']),
  },
  {
    name: 'difference of two AUCs',
    plant: statement('auc_difference', 'combined training - validation', (value, detail) => [
      (Number(value) + 0.06).toFixed(3),
      detail,
    ]),
  },
  {
    name: 'praise of a poor slope',
    plant: statement('calibration_slope', 'combined validation', () => [
      '0.61',
      'described as good agreement',
    ]),
  },
  {
    name: 'count in Table 1',
    plant: ({ table1 }, random) => {
      const row = pick(table1, random, (cells) => cells[1] !== '');
      row[2] = plus(row[2]!, 3);
      return row[0]!;
    },
  },
  {
    name: 'group size in Table 1',
    plant: ({ table1 }) => {
      table1[1]![3] = plus(table1[1]![3]!, 5);
      return 'n of with';
    },
  },
  {
    name: 'p in Table 1',
    plant: ({ table1 }, random) => {
      const row = pick(table1, random, (cells) => cells[1] !== '' && cells[4] !== '');
      row[4] = row[4] === '<0.001' ? '0.217' : Number(row[4]) > 0.5 ? '0.021' : '0.871';
      return row[0]!;
    },
  },
  {
    name: 'p of the mean age',
    plant: ({ table1 }) => {
      const row = table1.find((cells) => cells[0] === 'age_mean')!;
      row[4] = row[4] === '<0.001' ? '0.310' : Number(row[4]) > 0.5 ? '0.012' : '0.955';
      return 'age';
    },
  },
  {
    name: 'odds ratio',
    plant: ({ table2 }, random) => {
      const row = pick(table2, random, () => true);
      row[3] = (Number(row[3]) * 1.35).toFixed(3);
      return row.slice(0, 3).join(', ');
    },
  },
  {
    name: 'upper limit',
    plant: ({ table2 }, random) => {
      const row = pick(table2, random, () => true);
      row[5] = (Number(row[5]) * 1.6).toFixed(3);
      return row.slice(0, 3).join(', ');
    },
  },
  {
    name: 'p of an odds ratio',
    plant: ({ table2 }, random) => {
      const row = pick(table2, random, () => true);
      row[6] = row[6] === '<0.001' ? '0.150' : Number(row[6]) > 0.3 ? '0.004' : '0.640';
      return row.slice(0, 3).join(', ');
    },
  },
  {
    name: 'a rate of a model',
    plant: ({ table3 }, random) => {
      const row = pick(table3, random, () => true);
      const column = 5 + random.integer(5);
      row[column] = (
        Number(row[column]) > 60 ? Number(row[column]) - 4.3 : Number(row[column]) + 4.3
      ).toFixed(1);
      return `${row[0]}, ${row[1]}`;
    },
  },
  {
    name: 'an AUC outside its interval',
    plant: ({ table3 }, random) => {
      const row = pick(table3, random, (cells) => cells[0] !== 'combined');
      row[4] = (Number(row[2]) - 0.011).toFixed(3);
      row[3] = (Number(row[2]) - 0.14).toFixed(3);
      return `${row[0]}, ${row[1]}`;
    },
  },
];
