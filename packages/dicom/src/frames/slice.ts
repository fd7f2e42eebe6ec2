import type { Vector3 } from '@sentinode/volume';

/** When a slice was taken, by each of the clocks that scanners write; seconds unless said otherwise. */
export interface SliceTimes {
  /** Number of the time point (Temporal Position Identifier or Index). */
  readonly temporalPosition?: number;
  /** Since the trigger; dynamic series write it as time since their start. */
  readonly trigger?: number;
  /** Seconds since 1 January 1970 on the scanner's clock. */
  readonly acquisition?: number;
  readonly content?: number;
  readonly acquisitionNumber?: number;
}

/** One slice of an image, from a file, a frame of one, or a tile of a mosaic: what sorting needs, without pixels. */
export interface Slice {
  /** Index of the file among those that were read. */
  readonly source: number;
  /** Frame within the file, from 0. */
  readonly frame: number;
  /** Part of the frame, where it holds several slices side by side. */
  readonly tile?: { readonly x: number; readonly y: number; readonly frameColumns: number };
  /** SOP Instance UID of the file. */
  readonly instance: string;
  /** UID of the patient's coordinate system; positions of different ones cannot be compared. */
  readonly frameOfReference?: string;
  readonly instanceNumber: number | undefined;
  readonly columns: number;
  readonly rows: number;
  /** Centre of the first pixel, LPS mm. */
  readonly position: Vector3;
  /** Unit directions of increasing column and of increasing row. */
  readonly rowDirection: Vector3;
  readonly columnDirection: Vector3;
  /** Millimetres between columns, and between rows. */
  readonly spacing: readonly [number, number];
  readonly thickness: number | undefined;
  /** Millimetres between slices, as the header claims; only a single slice has use for it. */
  readonly gap: number | undefined;
  /** Bits of the stored values, and their kind. */
  readonly stored: { readonly bits: number; readonly signed: boolean; readonly float: boolean };
  readonly slope: number;
  readonly intercept: number;
  /** Image type and complex component: what kind of image of its series it belongs to. */
  readonly flavour: readonly string[];
  readonly echoTime: number | undefined;
  readonly bValue: number | undefined;
  /** Direction of diffusion weighting as a text that is equal for equal directions. */
  readonly bDirection: string | undefined;
  readonly times: SliceTimes;
}
