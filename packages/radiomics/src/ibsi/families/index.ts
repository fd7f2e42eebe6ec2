import type { IbsiFamily } from './family.ts';
import { glcm } from './glcm/index.ts';
import { gldzm } from './gldzm/index.ts';
import { glrlm } from './glrlm/index.ts';
import { glszm } from './glszm/index.ts';
import { intensityHistogram } from './intensity-histogram/index.ts';
import { intensityVolumeHistogram } from './intensity-volume-histogram/index.ts';
import { localIntensity } from './local-intensity/index.ts';
import { morphology } from './morphology/index.ts';
import { ngldm } from './ngldm/index.ts';
import { ngtdm } from './ngtdm/index.ts';
import { statistics } from './statistics/index.ts';

/** All feature families, in output order. */
export const ibsiFamilies: readonly IbsiFamily[] = [
  morphology,
  localIntensity,
  statistics,
  intensityHistogram,
  intensityVolumeHistogram,
  glcm,
  glrlm,
  glszm,
  gldzm,
  ngtdm,
  ngldm,
];
