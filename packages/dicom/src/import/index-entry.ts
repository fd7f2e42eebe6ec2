import type { Warning } from '@sentinode/core';
import type { VolumeKind } from './kinds.ts';

/** How a series was acquired: what papers put into a table. `null` where the header does not say. */
export interface Acquisition {
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly fieldStrength: number | null;
  readonly scanningSequence: string | null;
  readonly repetitionTime: number | null;
  readonly echoTime: number | null;
  readonly inversionTime: number | null;
  readonly flipAngle: number | null;
  readonly sliceThickness: number | null;
  readonly contrastAgent: boolean | null;
}

/** One volume of the index, or a part of a series that makes none. Holds nothing that identifies a patient. */
export interface IndexEntry {
  readonly patient: string;
  /** `S1`, `S2`, ... by date. */
  readonly study: string;
  /** Days after the patient's first study. */
  readonly day: number | null;
  /** Number of the series within the study, by series number and time. */
  readonly series: number;
  /** Path under the output folder; null where the part makes no volume. */
  readonly file: string | null;
  readonly kind: VolumeKind | 'mask';
  readonly why: string;
  readonly description: string;
  readonly modality: string;
  readonly plane: string;
  readonly laterality: string | null;
  readonly imageType: readonly string[];
  readonly slices: number;
  readonly size: readonly number[] | null;
  readonly spacing: readonly number[] | null;
  readonly phase: number | null;
  readonly phases: number | null;
  /** Seconds after the first time point of the series. */
  readonly seconds: number | null;
  /** Seconds from the injection of contrast to the first slice, where files say both; negative before it. */
  readonly afterInjection: number | null;
  /** Seconds after the first series of the study began. */
  readonly started: number | null;
  readonly bValue: number | null;
  readonly bDirection: number | null;
  readonly splitBy: readonly string[];
  /** Volume on whose grid a mask lies; null for images and for masks on a grid of their own. */
  readonly image: string | null;
  /** Regions of a mask: the value of their voxels in the file, known words of their name, number of voxels. */
  readonly regions:
    | readonly { readonly label: number; readonly name: string; readonly voxels: number }[]
    | null;
  readonly acquisition: Acquisition;
  readonly sha256: string | null;
  readonly warnings: readonly Warning[];
  readonly error: { readonly code: string; readonly message: string } | null;
}
