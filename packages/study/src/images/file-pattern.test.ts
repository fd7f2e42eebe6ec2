import { describe, expect, it } from 'vitest';
import { fillPattern, insideStudy } from './file-pattern.ts';

describe('file patterns', () => {
  it('fills in patient, visit and sequence', () => {
    expect(
      fillPattern('images/{patient}/{visit}_{sequence}.nii.gz', 'images.pattern', {
        patient: 'P1',
        visit: 'pre',
        sequence: 'DCE',
      }),
    ).toBe('images/P1/pre_DCE.nii.gz');
  });
  it('names an unknown placeholder', () => {
    expect(() => fillPattern('{who}.nii', 'images.pattern', { patient: 'P1' })).toThrow(
      '{patient}, not {who}',
    );
  });
  it.each(['../other/a.nii', '/etc/passwd', 'C:\\data\\a.nii', 'a/../../b', '\\\\host\\share'])(
    'refuses %s',
    (path) => {
      expect(() => insideStudy(path, 'images.pattern')).toThrow('leads out of the study folder');
    },
  );
  it('refuses a patient id that climbs out of the folder', () => {
    expect(() => fillPattern('{patient}/a.nii', 'images.pattern', { patient: '../..' })).toThrow('leads out');
  });
  it('reads Windows separators and ./ as the same path', () => {
    expect(insideStudy('.\\tables\\a.csv', 'x')).toBe('tables/a.csv');
  });
});
