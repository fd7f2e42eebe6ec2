import type { Warning } from '@sentinode/core';
import type { EvidenceTable } from '../features/feature-class.ts';
import type { GreyLevel } from './grey-levels.ts';

/** A feature with everything that its value was made of; plain data. */
export interface Explanation {
  /** As in column names. */
  readonly feature: string;
  /** null where the feature has no value; `undefined` then says why. */
  readonly value: number | null;
  readonly undefined?: string;
  readonly formula: string;
  /** Whose definition it is, and the code in the manual of the Image Biomarker Standardisation Initiative. */
  readonly source: { readonly definition: string; readonly ibsi: string | null; readonly differs?: string };
  readonly imageType: string;
  /** Settings that decide this number. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly region: {
    readonly voxels: number;
    readonly box: readonly [number, number, number];
    readonly spacing: readonly [number, number, number];
    readonly minimum: number;
    readonly maximum: number;
  };
  /** Occupied grey levels of the region; none for features of the mask alone. */
  readonly greyLevels: readonly GreyLevel[];
  readonly evidence: readonly EvidenceTable[];
  readonly warnings: readonly Warning[];
}
