import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Slice } from '../frames/slice.ts';
import { slice } from '../testing/slices.ts';
import { splitSeries } from './split-series.ts';
import { stackOf } from './stack-geometry.ts';

const heights = [0, 3.3, 6.6, 9.9, 13.2];
const stack = (changes: Partial<Slice> | ((at: number) => Partial<Slice>) = {}): Slice[] =>
  heights.map((z, at) => slice(z, typeof changes === 'function' ? changes(at) : changes));
const refusal = (slices: Slice[]): string => {
  const { refused } = splitSeries(slices);
  expect(refused).toHaveLength(1);
  expect(refused[0].error.code).toBe('dicom-slices');
  return refused[0].error.message;
};

describe('a stack of slices', () => {
  it('is sorted by position, whatever the order of files', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(heights, { minLength: 5 }), (order) => {
        const { geometry, slices } = stackOf(order.map((z) => slice(z)));
        expect(slices.map(({ position }) => position[2])).toEqual(heights);
        expect(geometry.spacing).toEqual([0.8, 0.7, 13.2 / 4]);
        expect(geometry.origin).toEqual([-10, -20, 0]);
      }),
      { seed: 18 },
    );
  });

  it('takes the distance of positions, not the thickness', () => {
    expect(stackOf(stack({ thickness: 5, gap: 1 })).geometry.spacing[2]).toBeCloseTo(3.3, 12);
  });

  it('is right-handed for every orientation', () => {
    const sagittal = { rowDirection: [0, 1, 0], columnDirection: [0, 0, -1] } as const;
    const { geometry, slices } = stackOf(
      [3, 1, 2].map((x) => slice(0, { ...sagittal, position: [x, 0, 0], thickness: 1 })),
    );
    expect(geometry.direction.map((cosine) => cosine + 0)).toEqual([0, 0, -1, 1, 0, 0, 0, -1, 0]);
    expect(slices.map(({ position }) => position[0])).toEqual([3, 2, 1]);
  });

  it('of one slice has its thickness, and says so where it has none', () => {
    expect(stackOf([slice(0)]).geometry.spacing[2]).toBe(3);
    expect(stackOf([slice(0, { thickness: undefined })]).warnings).toHaveLength(1);
  });

  it('with slices missing names how many and where', () => {
    const all = stack();
    expect(refusal([all[0], all[1], all[3], all[4]])).toMatch(
      /1 slice is missing \(between 3\.3 and 9\.9 mm/,
    );
    expect(refusal([all[0], all[1], all[4]].concat(slice(16.5), slice(19.8)))).toMatch(
      /2 slices are missing/,
    );
  });

  it('with a slice twice names the position', () => {
    expect(refusal([...stack(), slice(6.6)])).toMatch(/1 of 6 slices lie where another lies \(at 6\.6 mm/);
  });

  it('with unequal distances names them', () => {
    expect(refusal([0, 3, 6, 10, 13].map((z) => slice(z)))).toMatch(
      /distances between slices differ \(3 to 4 mm/,
    );
  });

  it('with a tilted gantry names the angle', () => {
    const tilted = heights.map((z) => slice(z, { position: [-10, -20 + z * 0.2, z] }));
    expect(refusal(tilted)).toMatch(/shifted sideways by up to 2\.64 mm \(11\.31 degrees/);
  });

  it('with positions rounded to a hundredth is regular', () => {
    const rounded = Array.from({ length: 40 }, (_, at) => slice(Math.round(at * 1.3333 * 100) / 100));
    expect(splitSeries(rounded).refused).toEqual([]);
  });
});

describe('trigger times in another unit than milliseconds', () => {
  it('give way to acquisition times ten times as far apart or near', () => {
    const seconds = (trigger: number): (number | undefined)[] => {
      const points = [0, 1, 2].flatMap((point) =>
        heights.map((z) =>
          slice(z, {
            times: { trigger: point * trigger, acquisition: 1e9 + point * 90, content: 1e9 + point },
          }),
        ),
      );
      return splitSeries(points).volumes.map(({ phase }) => phase?.seconds);
    };
    expect([seconds(90_000), seconds(0.09), seconds(88)]).toEqual([
      [0, 90, 180],
      [0, 90, 180],
      [0, 88, 176],
    ]);
  });
});

describe('a series of several volumes', () => {
  const counted = (slices: Slice[]): [number, string[]] => {
    const { volumes, refused } = splitSeries(slices);
    expect(refused).toEqual([]);
    for (const volume of volumes) expect(volume.geometry.size[2]).toBe(heights.length);
    return [volumes.length, [...volumes[0].splitBy]];
  };

  it.each<[string, (point: number, at: number) => Partial<Slice>, string]>([
    [
      'temporal position',
      (point) => ({ times: { temporalPosition: point + 1 } }),
      'temporal position (0020,0100)',
    ],
    ['trigger time', (point) => ({ times: { trigger: point * 60 } }), 'trigger time (0018,1060)'],
    [
      'acquisition time',
      (point) => ({ times: { acquisition: 1e9 + point * 60 } }),
      'acquisition time (0008,0032)',
    ],
    [
      'acquisition time of every slice',
      (point, at) => ({ times: { acquisition: 1e9 + point * 60 + at } }),
      'acquisition time (0008,0032)',
    ],
    [
      'content time where the acquisition time is one',
      (point) => ({ times: { acquisition: 5, content: 1e9 + point } }),
      'content time (0008,0033)',
    ],
    [
      'acquisition number',
      (point) => ({ times: { acquisitionNumber: point } }),
      'acquisition number (0020,0012)',
    ],
    ['echo time', (point) => ({ echoTime: 2 + point }), 'echo time (0018,0081)'],
    ['b-value', (point) => ({ bValue: point * 500 }), 'b-value'],
    [
      'direction of diffusion weighting',
      (point) => ({ bValue: 1000, bDirection: String(point) }),
      'direction of diffusion weighting',
    ],
  ])('is divided by %s', (_, changes, reason) => {
    const slices = [2, 0, 1].flatMap((point) => stack((at) => changes(point, at)));
    expect(counted(slices)).toEqual([3, [reason]]);
  });

  it('has its time points in order, with seconds after the first', () => {
    const slices = [1, 0].flatMap((point) =>
      stack({ times: { temporalPosition: point, content: 100 + point * 90 } }),
    );
    expect(splitSeries(slices).volumes.map(({ phase }) => phase)).toEqual([
      { number: 1, of: 2, seconds: 0 },
      { number: 2, of: 2, seconds: 90 },
    ]);
  });

  it('keeps its order past midnight where headers hold no date', () => {
    const slices = [0, 1, 2, 3].flatMap((point) =>
      stack({ instanceNumber: point, times: { acquisition: (86_340 + point * 45) % 86_400 } }),
    );
    const { volumes } = splitSeries(slices);
    expect(volumes.map(({ phase, slices: [first] }) => [first.instanceNumber, phase?.seconds])).toEqual([
      [0, 0],
      [1, 45],
      [2, 90],
      [3, 135],
    ]);
  });

  it('of both breasts in sagittal planes is two slabs, with a warning', () => {
    const sagittal = { rowDirection: [0, 1, 0], columnDirection: [0, 0, -1] } as const;
    const at = (x: number): Slice => slice(0, { ...sagittal, position: [x, 0, 0] });
    const left = [60, 63, 66, 69].map(at);
    const right = [-69, -66, -63, -60].map(at);
    const { volumes, refused } = splitSeries([...left, ...right]);
    expect(refused).toEqual([]);
    expect(
      volumes.map(({ geometry, warnings }) => [geometry.size[2], geometry.origin[0], warnings[0].code]),
    ).toEqual([
      [4, 69, 'two-slabs'],
      [4, -60, 'two-slabs'],
    ]);
    // A slice that is missing in one of them, or a space in axial planes, is no slab.
    expect(refusal([...left, ...right.slice(1)])).toMatch(/missing/);
    expect(refusal([0, 3, 6, 60, 63, 66].map((z) => slice(z)))).toMatch(/missing/);
  });

  it('loses only the time point that lacks a slice', () => {
    const slices = [0, 1, 2].flatMap((point) => stack({ times: { temporalPosition: point } }));
    slices.splice(7, 1);
    const { volumes, refused } = splitSeries(slices);
    expect(volumes.map(({ phase }) => phase?.number)).toEqual([1, 3]);
    expect(refused[0].error.message).toMatch(/1 slice is missing/);
    expect(refused[0].phase?.number).toBe(2);
  });

  it('is divided by image type and by orientation without being asked', () => {
    const derived = stack({ flavour: ['DERIVED', 'PRIMARY', 'ADC'] });
    expect(counted([...stack(), ...derived])[0]).toBe(2);
    const coronal = stack((at) => ({
      rowDirection: [1, 0, 0],
      columnDirection: [0, 0, -1],
      position: [0, at, 0],
    }));
    expect(counted([...stack(), ...coronal])[0]).toBe(2);
  });

  it('that nothing tells apart is refused', () => {
    expect(refusal([...stack(), ...stack()])).toMatch(/nothing in their headers tells them apart/);
  });

  it('does not divide one volume whose slices have their own times', () => {
    const { volumes } = splitSeries(
      stack((at) => ({ times: { acquisition: at, content: at }, echoTime: 4 })),
    );
    expect(volumes).toHaveLength(1);
    expect(volumes[0].phase).toBeUndefined();
  });
});
