import type { NewSeries } from '@sentinode/dicom';
import type { Sequence } from '../../sequences.ts';

/** Seconds after the first time point of the DCE series; contrast is given after the first. */
export const phaseSeconds = [0, 90, 360] as const;
/** The time point whose image is the one of the cohort, from 1. */
export const EARLY_PHASE = 2;
/** s/mm2; the second is the image of the cohort. */
export const bValues = [0, 800] as const;

/** Says in every file who made it: nobody can take the images for those of a scanner. */
export const MANUFACTURER = 'Sentinode simulation';

/** Two scanners; a patient is examined on the same one at both visits. */
export const scanners = [
  { manufacturer: MANUFACTURER, model: 'Simulated 1.5T', tesla: 1.5 },
  { manufacturer: MANUFACTURER, model: 'Simulated 3T', tesla: 3 },
] as const;

export interface SeriesProtocol {
  readonly number: number;
  readonly description: string;
  /** Seconds after the study began. */
  readonly started: number;
  readonly acquisition: NewSeries['acquisition'];
}

/** How each sequence stands in a study, in the words of a console. */
export const seriesProtocols: Readonly<Record<Sequence, SeriesProtocol>> = {
  T2WI: {
    number: 2,
    description: 'T2 TSE FS ax',
    started: 120,
    acquisition: {
      scanningSequence: 'SE',
      sequenceVariant: 'SK',
      dimensions: '2D',
      repetitionTime: 5200,
      echoTime: 84,
      flipAngle: 90,
    },
  },
  DWI: {
    number: 3,
    description: 'DWI EPI b0 b800 ax',
    started: 420,
    acquisition: {
      scanningSequence: 'EP',
      sequenceVariant: 'SK',
      dimensions: '2D',
      repetitionTime: 6400,
      echoTime: 71,
      flipAngle: 90,
    },
  },
  DCE: {
    number: 4,
    description: 'T1 FLASH 3D FS dynamic ax',
    started: 780,
    acquisition: {
      scanningSequence: 'GR',
      sequenceVariant: 'SP',
      dimensions: '3D',
      repetitionTime: 4.6,
      echoTime: 1.7,
      flipAngle: 10,
      contrastAgent: 'Gadolinium',
    },
  },
};
