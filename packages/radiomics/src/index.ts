export type { FeatureVector } from './feature-vector.ts';
