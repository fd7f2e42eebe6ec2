import { apparentDiffusion } from './apparent-diffusion.ts';
import type { DerivedMap } from './derived-map.ts';
import { percentageEnhancement } from './percentage-enhancement.ts';
import { signalEnhancementRatio } from './signal-enhancement-ratio.ts';
import { subtraction } from './subtraction.ts';
import { timeToPeak } from './time-to-peak.ts';
import { washIn } from './wash-in.ts';
import { washOut } from './wash-out.ts';

/** Every map; adding one is one file and one line here. */
export const derivedMaps: readonly DerivedMap[] = [
  subtraction,
  percentageEnhancement,
  signalEnhancementRatio,
  washIn,
  washOut,
  timeToPeak,
  apparentDiffusion,
];
