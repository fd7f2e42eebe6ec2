import type { DerivedMap } from './derived-map.ts';

export const subtraction: DerivedMap = {
  name: 'subtraction',
  title: 'Subtraction',
  unit: 'signal',
  formula: 'S1 - S0',
  needs: 'none',
  images: [2, 2],
  value: ([before, after]) => after - before,
};
