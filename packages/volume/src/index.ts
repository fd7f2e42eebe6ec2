export type { ElementType, Geometry, Mask, Vector3, Volume, VoxelArray } from './volume.ts';
