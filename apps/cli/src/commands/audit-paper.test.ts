import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reference } from '../../../../reference/locator.ts';
import { inFolder, sentinode } from '../testing/command.ts';

describe('audit --paper', () => {
  it('checks one table, names what does not fit and says whether rounding can explain it', () =>
    inFolder((folder) => {
      const table = readFileSync(reference('paper', 'table1.csv'));
      writeFileSync(join(folder, 'table1.csv'), table);
      const { code, out } = sentinode(['audit', '--paper', 'table1.csv', '--strict'], folder);
      expect(code).toBe(1);
      expect(out).toMatch(
        /1 finding\.\ntable 1: menopause: p 0\.425\n.*0\.5831.*Rounding cannot explain it\./,
      );
      expect(out).toMatch(/\(not printed\)/);
      expect(out).toMatch(/Research use only/);
      const json = JSON.parse(sentinode(['audit', '--paper', '.', '--json'], folder).out);
      expect(json.findings).toHaveLength(1);
    }));

  it('says what is missing or wrong in the files', () =>
    inFolder((folder) => {
      const none = sentinode(['audit', '--paper', '.'], folder);
      expect([none.code, none.err]).toEqual([2, expect.stringMatching(/None of the tables.*table1\.csv/)]);
      writeFileSync(join(folder, 'odds.csv'), 'a\n1\n');
      const other = sentinode(['audit', '--paper', 'odds.csv'], folder);
      expect([other.code, other.err]).toEqual([2, expect.stringMatching(/none of the tables of a paper/)]);
      writeFileSync(join(folder, 'table1.csv'), 'variable,level,a,b,printed_p\nER,negative,1.5,2,0.3\n');
      const text = sentinode(['audit', '--paper', '.'], folder);
      expect([text.code, text.err]).toEqual([
        2,
        expect.stringMatching(/Row 1, column "a" holds "1\.5".*count/),
      ]);
      const nothing = sentinode(['audit'], folder);
      expect([nothing.code, nothing.err]).toEqual([2, expect.stringMatching(/--paper/)]);
    }));
});
