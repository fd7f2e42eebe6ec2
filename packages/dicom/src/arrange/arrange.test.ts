import { parseOptions } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import type { IndexEntry } from '../import/index-entry.ts';
import { arrangeStudy, choiceKey } from './arrange.ts';
import { makeImage } from './make-image.ts';
import { arrangeSchema } from './rules.ts';

const entry = (changes: Partial<IndexEntry>): IndexEntry => ({
  patient: 'P1',
  study: 'S1',
  day: 0,
  series: 1,
  file: 'P1/S1/a.nii.gz',
  kind: 'T2WI',
  why: '',
  description: 't2 tse tra',
  modality: 'MR',
  plane: 'axial',
  laterality: null,
  imageType: [],
  slices: 30,
  size: [10, 10, 30],
  spacing: [1, 1, 3],
  phase: null,
  phases: null,
  seconds: null,
  afterInjection: null,
  started: null,
  bValue: null,
  bDirection: null,
  splitBy: [],
  image: null,
  regions: null,
  acquisition: {
    manufacturer: 'A',
    model: 'B',
    fieldStrength: 3,
    scanningSequence: 'GR',
    repetitionTime: 4,
    echoTime: 2,
    inversionTime: null,
    flipAngle: 10,
    sliceThickness: 3,
    contrastAgent: null,
  },
  sha256: null,
  warnings: [],
  error: null,
  ...changes,
});
const phases = (study: string, day: number): IndexEntry[] =>
  [0, 90, 180].map((seconds, at) =>
    entry({
      study,
      day,
      kind: 'DCE',
      series: 2,
      file: `P1/${study}/02_phase${at + 1}`,
      phase: at + 1,
      phases: 3,
      seconds,
    }),
  );
const rules = (text: object = {}) => parseOptions(arrangeSchema, text);
const only = (sequence: object) => rules({ visits: { pre: 'first' }, sequences: { X: sequence } });

describe('arranging a study', () => {
  it('takes the first and last study and the second time point unless told otherwise', () => {
    const { images } = arrangeStudy([...phases('S1', 0), ...phases('S2', 150)], rules(), new Map());
    expect(images.map(({ visit, sequence, files }) => [visit, sequence, files])).toEqual([
      ['pre', 'DCE', ['P1/S1/02_phase2']],
      ['post', 'DCE', ['P1/S2/02_phase2']],
    ]);
  });

  it('takes the time point nearest to given seconds', () => {
    const { images } = arrangeStudy(phases('S1', 0), only({ kind: 'DCE', seconds: 150 }), new Map());
    expect(images[0].files).toEqual(['P1/S1/02_phase3']);
  });

  it('takes series of one grid that follow each other as time points', () => {
    const series = [300, 0, 120].map((started, at) =>
      entry({ kind: 'DCE', series: at + 3, started, file: `s${started}` }),
    );
    expect(arrangeStudy(series, only({ kind: 'DCE', phase: 2 }), new Map()).images[0].files).toEqual([
      's120',
    ]);
  });

  it('takes the highest b-value, and all its directions for a trace', () => {
    const dwi = [
      entry({ kind: 'DWI', bValue: 0, file: 'b0' }),
      ...[1, 2, 3].map((bDirection) =>
        entry({ kind: 'DWI', bValue: 800, bDirection, file: `b800_${bDirection}` }),
      ),
    ];
    const found = (b?: number) =>
      arrangeStudy(dwi, only({ kind: 'DWI', ...(b === undefined ? {} : { b }) }), new Map());
    expect(found().images[0].files).toEqual(['b800_1', 'b800_2', 'b800_3']);
    expect(found(0).images[0].files).toEqual(['b0']);
    expect(found(500).open[0].reason).toBe('no b-value 500');
  });

  it('subtracts a time point, within a series and between series', () => {
    const rule = only({ kind: 'DCE', phase: 3, minus: 1 });
    const [image] = arrangeStudy(phases('S1', 0), rule, new Map()).images;
    expect([image.files, image.making]).toEqual([
      ['P1/S1/02_phase1', 'P1/S1/02_phase3'],
      { by: 'subtraction' },
    ]);
    const apart = [120, 0, 300].map((started, at) =>
      entry({ kind: 'DCE', series: at + 3, started, file: `s${started}` }),
    );
    const mask = entry({ kind: 'mask', series: 9, file: 'm', image: 's300' });
    const [between] = arrangeStudy([...apart, mask], rule, new Map()).images;
    expect([between.files, between.masks]).toEqual([['s0', 's300'], ['m']]);
    const none = arrangeStudy(phases('S1', 0), only({ kind: 'DCE', phase: 1, minus: 4 }), new Map());
    expect(none.open[0].reason).toBe('no time point 4 and 1 in the DCE series');
  });

  it('takes the time point nearest to seconds after the injection, where files say when that was', () => {
    const rule = only({ kind: 'DCE', afterInjection: 70 });
    const injected = phases('S1', 0).map((one) => ({ ...one, afterInjection: one.seconds! - 25 }));
    expect(arrangeStudy(injected, rule, new Map()).images[0].files).toEqual(['P1/S1/02_phase2']);
    expect(arrangeStudy(phases('S1', 0), rule, new Map()).open[0].reason).toMatch(/do not say when contrast/);
  });

  it('fits the apparent diffusion coefficient over b-values, traces before directions', () => {
    const dwi = [
      entry({ kind: 'DWI', bValue: 0, file: 'b0' }),
      entry({ kind: 'DWI', bValue: 400, file: 'b400' }),
      ...[1, 2].map((bDirection) =>
        entry({ kind: 'DWI', bValue: 800, bDirection, file: `b800_${bDirection}` }),
      ),
    ];
    const made = (adc: unknown) => arrangeStudy(dwi, only({ kind: 'DWI', adc }), new Map());
    expect(made('all').images[0]).toMatchObject({
      files: ['b0', 'b400', 'b800_1', 'b800_2'],
      making: { by: 'adc', bValues: [0, 400, 800, 800] },
    });
    expect(made([0, 400]).images[0].files).toEqual(['b0', 'b400']);
    expect(made([0, 1000]).open[0].reason).toBe('no b-value 0 and 1000');
  });

  it('leaves to a person what the rules do not decide, and takes the answer', () => {
    const two = [
      entry({ file: 'a' }),
      entry({ file: 'b', series: 4, description: 't2 tirm cor', plane: 'coronal' }),
    ];
    const asked = arrangeStudy(two, only({ kind: 'T2WI' }), new Map());
    expect(asked.images).toEqual([]);
    expect(asked.open).toEqual([
      { patient: 'P1', visit: 'pre', sequence: 'X', reason: '2 volumes fit', candidates: ['a', 'b'] },
    ]);
    const answered = arrangeStudy(two, only({ kind: 'T2WI' }), new Map([[choiceKey('P1', 'pre', 'X'), 'b']]));
    expect([answered.images[0].files, answered.open]).toEqual([['b'], []]);
    expect(arrangeStudy(two, only({ kind: 'T2WI', plane: 'axial' }), new Map()).images[0].files).toEqual([
      'a',
    ]);
    expect(arrangeStudy(two, only({ kind: 'T2WI', description: 'TIRM' }), new Map()).images[0].files).toEqual(
      ['b'],
    );
    const wrong = arrangeStudy(two, only({ kind: 'T2WI' }), new Map([[choiceKey('P1', 'pre', 'X'), 'z']]));
    expect(wrong.open[0].reason).toMatch(/not in the index/);
  });

  it('brings the masks that lie on any volume of the series', () => {
    const mask = entry({ kind: 'mask', series: 9, file: 'm', image: 'P1/S1/02_phase1' });
    const { images } = arrangeStudy([...phases('S1', 0), mask], only({ kind: 'DCE' }), new Map());
    expect(images[0].masks).toEqual(['m']);
  });

  it('finds visits by days', () => {
    const both = [...phases('S1', 0), ...phases('S2', 150)];
    const within = rules({ visits: { post: { days: [100, 200] } }, sequences: { DCE: { kind: 'DCE' } } });
    expect(arrangeStudy(both, within, new Map()).images[0].files).toEqual(['P1/S2/02_phase2']);
  });

  it('finds what differs between visits', () => {
    const other = phases('S2', 150).map((one) => ({
      ...one,
      laterality: 'R',
      spacing: [0.7, 0.7, 2],
      acquisition: { ...one.acquisition, fieldStrength: 1.5 },
      warnings: [{ code: 'patients-mixed', message: 'two patients' }],
    }));
    const first = phases('S1', 0).map((one) => ({ ...one, laterality: 'L' }));
    const codes = (text: object) =>
      arrangeStudy([...first, ...other], rules(text), new Map()).findings.map(({ code }) => code);
    const sequences = { DCE: { kind: 'DCE' } };
    expect(codes({ sequences })).toEqual([
      'patients-mixed',
      'side-differs',
      'scanner-differs',
      'grid-differs',
    ]);
    expect(codes({ sequences, visits: { pre: 'S2', post: 'S1' } })).toContain('visits-reversed');
    const alone = arrangeStudy(first, rules({ sequences }), new Map());
    expect([alone.images.map(({ visit }) => visit), alone.open.map(({ visit }) => visit)]).toEqual([
      ['pre'],
      ['post'],
    ]);
    const chosen = new Map([[choiceKey('P1', 'post', 'DCE'), 'P1/S1/02_phase2']]);
    const twice = arrangeStudy(first, rules({ sequences }), chosen);
    expect(twice.findings.map(({ code }) => code)).toEqual(['one-study']);
  });

  it('refuses rules that it does not know', () => {
    expect(() => rules({ sequenses: {} })).toThrow(expect.objectContaining({ code: 'option-unknown' }));
    expect(() => only({ kind: 'T3' })).toThrow(expect.objectContaining({ code: 'option-invalid' }));
  });
});

describe('a computed image', () => {
  const image = (...values: number[]) =>
    ({
      geometry: {
        size: [values.length, 1, 1],
        spacing: [1, 1, 1],
        origin: [0, 0, 0],
        direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
      },
      elementType: 'int16',
      data: Int16Array.from(values),
    }) as const;

  it('is the difference of two time points, or the fit over b-values', () => {
    expect([...makeImage({ by: 'subtraction' }, [image(5, 9), image(8, 2)]).data]).toEqual([3, -7]);
    const [adc] = makeImage({ by: 'adc', bValues: [0, 1000] }, [image(1000), image(368)]).data;
    expect(adc).toBeCloseTo(-1000 * Math.log(0.368), 3);
  });
});

describe('the trace', () => {
  it('is the geometric mean, and 0 where a direction has no signal', () => {
    const image = (...values: number[]) =>
      ({
        geometry: {
          size: [values.length, 1, 1],
          spacing: [1, 1, 1],
          origin: [0, 0, 0],
          direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
        },
        elementType: 'float32',
        data: Float32Array.from(values),
      }) as const;
    const { data } = makeImage({ by: 'trace' }, [image(8, 5), image(2, 0), image(4, 5)]);
    expect([data[0], data[1]]).toEqual([4, 0]);
  });
});
