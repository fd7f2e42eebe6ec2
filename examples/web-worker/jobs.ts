import type { ExtractionSettings } from '@sentinode/radiomics';

/** A region to be measured; the files are fetched by the worker. */
export interface Job {
  readonly image: string;
  readonly mask: string;
  readonly label: number;
  /** Which value of a mask with several per voxel. */
  readonly channel?: number;
  /** Plain data, made anywhere by `parseParameters` or `defaultProtocol`. */
  readonly settings: ExtractionSettings;
}

/** What a worker answers. */
export type Answer =
  | { readonly names: readonly string[]; readonly values: Float64Array }
  | { readonly code: string; readonly message: string };
