import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, sentinode } from '../testing/command.ts';

const guide = (name: string): string =>
  readFileSync(new URL(`../../../../docs/guide/${name}.md`, import.meta.url), 'utf8');

/** Commands of the guides that need a run from a clinical table alone. */
const commands = ['predict', 'validate', 'repeat'].flatMap((page) =>
  [...guide(page).matchAll(/^npx sentinode (.+)$/gm)]
    .map(([, line]) => line!)
    .filter((line) => !/models\/dlr|bundle (key|trust)/.test(line)),
);

const patients = (name: string, events: number): string =>
  [
    `id,${name},age,er,cohort`,
    ...Array.from({ length: 60 }, (_, row) => {
      const y = row % events === 0 ? 1 : 0;
      const age = 40 + ((row * 7) % 23) + 6 * y;
      return `P${row},${y},${age},${row % 5 < 2 + 2 * y ? 'positive' : 'negative'},${row % 3 === 0 ? 'validation' : 'training'}`;
    }),
  ].join('\n');

describe('guides to predictions, validation and repetition', () => {
  it('have commands that do what they say', () =>
    inFolder((folder) => {
      const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);
      write('c.csv', patients('apcr', 2));
      write('new.csv', patients('ignored', 2));
      write('hospital-b.csv', patients('apcr', 4));
      write(
        'study.yaml',
        `name: guide
profile: published
comparison: false
cohort:
  table: c.csv
  id: id
  outcome: {column: apcr, positive: 1}
  variables: {age: continuous, er: {levels: [negative, positive], reference: negative}}
  split: {column: cohort}
models: [clinical]
resampling: {bootstraps: 0, intervals: 200}
`,
      );
      expect(sentinode(['run', 'study.yaml', '--out', 'results', '--quiet'], folder).code).toBe(0);
      expect(commands.length).toBe(4);
      for (const line of commands) {
        const { code, err, out } = sentinode([...line.split(' '), '--quiet'], folder);
        expect([line, code, err]).toEqual([line, 0, '']);
        expect(out).toContain('Research use only');
      }
      const [header, first] = sentinode(
        [
          'predict',
          '--model',
          'results/models/clinical',
          '--table',
          'new.csv',
          '--sheet',
          's.html',
          '--quiet',
        ],
        folder,
      ).out.split(/\r?\n/);
      const cell = (name: string): number => Number(first!.split(',')[header!.split(',').indexOf(name)]);
      expect(cell('interval_low')).toBeLessThan(cell('interval_high'));
      expect(readFileSync(join(folder, 's.html'), 'utf8')).toContain('How to read this');
      for (const name of [
        'validation.html',
        'metrics.json',
        'predictions.csv',
        'tables/case-mix.csv',
        'figures/roc.svg',
      ])
        expect(existsSync(join(folder, 'validation', name)), name).toBe(true);
    }));
});
