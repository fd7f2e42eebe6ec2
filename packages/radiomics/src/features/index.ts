import type { FeatureClass } from './feature-class.ts';
import { firstorder } from './firstorder/index.ts';
import { glcm } from './glcm/index.ts';
import { gldm } from './gldm/index.ts';
import { glrlm } from './glrlm/index.ts';
import { glszm } from './glszm/index.ts';
import { ngtdm } from './ngtdm/index.ts';
import { shape } from './shape/index.ts';
import { shape2D } from './shape2D/index.ts';

/** All feature classes, in the order of the documentation. */
export const featureClasses: readonly FeatureClass[] = [
  shape,
  shape2D,
  firstorder,
  glcm,
  glrlm,
  glszm,
  gldm,
  ngtdm,
];

/** Features that are measured only when a parameter file names them. */
export const onlyByName: readonly string[] = [
  'StandardDeviation',
  'Compactness1',
  'Compactness2',
  'SphericalDisproportion',
];
