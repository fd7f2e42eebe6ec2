import type { FrameView } from '../frame-view.ts';

/** Diffusion weighting of one slice. */
export interface Diffusion {
  /** s/mm². */
  readonly bValue: number;
  /** Unit vector or number of the direction, as text; undefined for b = 0 and for traces. */
  readonly direction?: string;
}

/** One way in which scanners write diffusion weighting. */
export interface DiffusionSource {
  readonly name: string;
  read(frame: FrameView): Diffusion | undefined;
}

/** A direction as text that is equal for equal directions; undefined for none. */
export function directionText(vector: readonly number[]): string | undefined {
  if (vector.length !== 3 || !vector.every(Number.isFinite)) return undefined;
  if (vector.every((part) => part === 0)) return undefined;
  return vector.map((part) => (Math.round(part * 1e4) / 1e4 + 0).toFixed(4)).join(',');
}
