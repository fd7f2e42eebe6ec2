import { quantityTable } from '../evidence.ts';
import type { FeatureExplanation } from '../feature-class.ts';
import { measureSlice } from './measure-slice.ts';

/** Outline, principal variances and diameter: what the formulas name. The manual has no features of one slice. */
export const explanation: FeatureExplanation = {
  ibsi: {},
  evidence: (region) => {
    const { perimeter, area, major, minor, diameter, pixels, pixel } = measureSlice(region);
    return [
      quantityTable('measured on the mask', {
        'pixels of the region': pixels,
        'pixel area, mm^2': pixel,
        'P, perimeter of the mesh, mm': perimeter,
        'A, area of the mesh, mm^2': area,
        'l1, principal variance, mm^2': major,
        'l2, mm^2': minor,
        'largest distance of outline points, mm': diameter,
      }),
    ];
  },
};
