import type { FrameView } from '../frame-view.ts';
import { generalElectric } from './general-electric.ts';
import { philips } from './philips.ts';
import { siemens } from './siemens.ts';
import type { Diffusion, DiffusionSource } from './source.ts';
import { standard } from './standard.ts';
import { unitedImaging } from './united-imaging.ts';

/** Where b-values may stand, the standard attribute first; adding a vendor is one file and one line here. */
const diffusionSources: readonly DiffusionSource[] = [
  standard,
  siemens,
  generalElectric,
  philips,
  unitedImaging,
];

/** Diffusion weighting of a frame, from the first place that has one. */
export function diffusionOf(frame: FrameView): Diffusion | undefined {
  for (const source of diffusionSources) {
    const found = source.read(frame);
    if (found !== undefined) return found;
  }
  return undefined;
}
