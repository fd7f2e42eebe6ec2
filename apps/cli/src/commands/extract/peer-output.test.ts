import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from '@sentinode/study';
import { describe, expect, it } from 'vitest';
import { readBytes, reference } from '../../../../../reference/locator.ts';
import { filesUnder, inFolder, sentinode } from '../../testing/command.ts';

/**
 * Output of the `pyradiomics` command (folder cli: what it was called with, what it wrote). Only the versions differ:
 * we use none of its libraries.
 */
const peer = (...parts: string[]): string => reference('pyradiomics-settings', ...parts);
/** Relative; the reference's own digits are printed whole. */
const RELATIVE = 1e-9;
/** MCC is the root of an eigenvalue that may be as small as the rounding of the reference's eigenvalues. */
const ROOT_OF_NOISE = 1e-9;

async function table(bytes: Uint8Array): Promise<{ columns: readonly string[]; rows: readonly string[][] }> {
  const { columns, rows } = await readTable(bytes, { file: 'table.csv' });
  return { columns, rows: rows.map((row) => row.map((cell) => cell ?? '')) };
}

const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g;

/** Whether two cells are equal: every number in them within the tolerance, everything between them to the letter. */
function equal(ours: string, theirs: string): boolean {
  if (ours === theirs) return true;
  if (/^[0-9a-f]{40}$/.test(theirs)) return false;
  const [a, b] = [ours.match(NUMBER) ?? [], theirs.match(NUMBER) ?? []];
  return (
    ours.replaceAll(NUMBER, '#') === theirs.replaceAll(NUMBER, '#') &&
    a.every((one, at) => Math.abs(Number(one) - Number(b[at])) <= RELATIVE * Math.abs(Number(b[at])))
  );
}

async function expectEqual(ours: Uint8Array, theirs: Uint8Array, unlike: RegExp): Promise<void> {
  const [a, b] = [await table(ours), await table(theirs)];
  expect(a.columns).toEqual(b.columns);
  expect(a.rows).toHaveLength(b.rows.length);
  const different = b.rows.flatMap((row, r) =>
    row.flatMap((cell, c) =>
      unlike.test(b.columns[c]!) ||
      equal(a.rows[r]![c]!, cell) ||
      (/_glcm_MCC$/.test(b.columns[c]!) && Math.abs(Number(a.rows[r]![c]) - Number(cell)) <= ROOT_OF_NOISE)
        ? []
        : [`row ${r + 1}, ${b.columns[c]}: ${a.rows[r]![c]} for ${cell}`],
    ),
  );
  expect(different).toEqual([]);
}

const cases = peer('cli');

describe('the output of PyRadiomics, cell by cell', () => {
  it('one case, 1,197 features', async () => {
    const volumes = ['../phantoms/iso_image.nrrd', '../phantoms/iso_mask.nrrd'];
    const { out, code } = sentinode(
      ['extract', ...volumes, '--params', '../params/mr_1mm.yaml', '--quiet'],
      cases,
    );
    expect(code).toBe(0);
    const wanted = readBytes(peer('cli', 'out_single.csv'));
    await expectEqual(new TextEncoder().encode(out), wanted, /Versions|^(Image|Mask)$/);
  });

  it.each([
    ['out_batch.csv', 'cases.csv', 'mr_1mm.yaml', 0, /Versions|^(Image|Mask)$/, []],
    ['out_batch_relative.csv', 'cases.csv', 'overrides.yaml', 0, /Versions/, ['--format-path', 'relative']],
    [
      'out_batch_basename.csv',
      'cases.csv',
      'overrides.yaml',
      0,
      /Versions/,
      ['--format-path', 'basename', '--skip-nans'],
    ],
    ['out_batch_bad.csv', 'cases_bad.csv', 'overrides.yaml', 1, /Versions|^(Image|Mask)$/, []],
  ] as const)('a batch: %s', (wanted, list, params, exit, unlike, more) =>
    inFolder(async (folder) => {
      const { code } = sentinode(
        [
          'extract',
          '--batch',
          list,
          '--params',
          `../params/${params}`,
          '--out',
          join(folder, 'f.csv'),
          '--jobs',
          '1',
          '--quiet',
          ...more,
        ],
        cases,
      );
      expect(code).toBe(exit);
      await expectEqual(filesUnder(folder).get('f.csv')!, readBytes(peer('cli', wanted)), unlike);
    }),
  );

  it('prints settings back in the form of the reference', () =>
    inFolder((folder) => {
      const given = peer('params', 'overrides.yaml');
      const printed = sentinode(['extract', '--print-params', '--params', given, '--quiet']);
      expect(printed.code).toBe(0);
      writeFileSync(join(folder, 'p.yaml'), printed.out);
      const values = (params: string): Record<string, number> =>
        JSON.parse(
          sentinode(
            [
              'extract',
              peer('phantoms', 'iso_image.nrrd'),
              peer('phantoms', 'iso_mask.nrrd'),
              ...['--params', params, '--json', '--quiet'],
            ],
            folder,
          ).out,
        ).features;
      expect(Object.entries(values('p.yaml'))).toEqual(Object.entries(values(given)));
    }));
});
