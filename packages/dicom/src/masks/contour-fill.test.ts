import { describe, expect, it } from 'vitest';
import { fillPolygon, type Polygon } from './contour-fill.ts';

const draw = (...polygons: Polygon[]): string[] => {
  const plane = new Uint8Array(8 * 6);
  for (const polygon of polygons) fillPolygon(plane, 8, 6, polygon);
  return Array.from({ length: 6 }, (_, y) => [...plane.subarray(8 * y, 8 * y + 8)].join(''));
};
const rectangle = (x0: number, y0: number, x1: number, y1: number): Polygon => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];

describe('a contour', () => {
  it('holds the pixels whose centres it encloses, in either direction', () => {
    const wanted = ['00000000', '00111000', '00111000', '00111000', '00000000', '00000000'];
    expect(draw(rectangle(1.5, 0.5, 4.5, 3.5))).toEqual(wanted);
    expect(draw([...rectangle(1.5, 0.5, 4.5, 3.5)].reverse())).toEqual(wanted);
  });

  it('within another makes a hole', () => {
    expect(draw(rectangle(0.5, 0.5, 6.5, 4.5), rectangle(2.5, 1.5, 4.5, 3.5))).toEqual([
      '00000000',
      '01111110',
      '01100110',
      '01100110',
      '01111110',
      '00000000',
    ]);
  });

  it('with a keyhole makes the same hole', () => {
    const keyhole: Polygon = [
      [0.5, 0.5],
      [6.5, 0.5],
      [6.5, 4.5],
      [0.5, 4.5],
      [0.5, 2.2],
      [2.5, 2.2],
      [2.5, 3.5],
      [4.5, 3.5],
      [4.5, 1.5],
      [2.5, 1.5],
      [2.5, 2.2],
      [0.5, 2.2],
    ];
    expect(draw(keyhole)).toEqual(draw(rectangle(0.5, 0.5, 6.5, 4.5), rectangle(2.5, 1.5, 4.5, 3.5)));
  });

  it('beside another adds to it, and neighbours with a common edge share no pixel', () => {
    expect(draw(rectangle(0.5, 0.5, 3, 2.5), rectangle(3, 0.5, 6.5, 2.5))).toEqual(
      draw(rectangle(0.5, 0.5, 6.5, 2.5)),
    );
  });

  it('beyond the picture is cut off', () => {
    expect(draw(rectangle(-20, -20, 20, 20))).toEqual(Array.from({ length: 6 }, () => '11111111'));
    expect(draw(rectangle(-5, -5, -2, -2))).toEqual(draw());
  });
});
