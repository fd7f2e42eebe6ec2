import { normalOf } from '../series/vectors.ts';
import { cleanDescription } from './clean-description.ts';
import type { Acquisition, IndexEntry } from './index-entry.ts';
import type { PlannedRefusal, PlannedVolume, SeriesPlace } from './plan.ts';

/** Index entry of a part of a series that makes no volume. */
export function entryOfRefusal({ place, slices, error }: PlannedRefusal): IndexEntry {
  return {
    ...entryOfSeries(place),
    why: 'its slices make no volume',
    plane: planeOf(normalOf(slices[0])),
    imageType: printable(slices[0].flavour),
    slices: slices.length,
    error: { code: error.code, message: error.message },
  };
}

/** Index entry of a volume, without the file that it gets. */
export function entryOfVolume(planned: PlannedVolume): IndexEntry {
  const { place, kind, why, volume, bDirection, warnings } = planned;
  const { geometry, phase } = volume;
  return {
    ...entryOfSeries(place),
    kind,
    why,
    plane: planeOf([geometry.direction[2], geometry.direction[5], geometry.direction[8]]),
    imageType: printable(volume.flavour),
    slices: geometry.size[2],
    size: geometry.size,
    spacing: geometry.spacing,
    phase: phase?.number ?? null,
    phases: phase?.of ?? null,
    seconds: phase?.seconds ?? null,
    afterInjection: afterInjection(planned),
    bValue: kind === 'DWI' ? (volume.bValue ?? null) : null,
    bDirection: bDirection ?? null,
    splitBy: volume.splitBy,
    acquisition: acquisitionOf(place, volume.echoTime),
    warnings,
  };
}

const DAY = 86_400;

/** By the acquisition of slices alone, for other times may be those of a reconstruction. Past midnight counts on. */
function afterInjection({ place, kind, volume }: PlannedVolume): number | null {
  const { injectedAt } = place.attributes;
  const times = volume.slices.flatMap(({ times: { acquisition } }) =>
    acquisition === undefined ? [] : [acquisition % DAY],
  );
  if (kind !== 'DCE' || injectedAt === undefined || times.length < volume.slices.length) return null;
  const seconds = times.reduce((first, time) => Math.min(first, time), DAY) - injectedAt;
  return seconds < -DAY / 2 ? seconds + DAY : seconds;
}

/** What the parts of a series have in common. */
export function entryOfSeries(place: SeriesPlace): IndexEntry {
  const { attributes } = place;
  return {
    patient: place.patient,
    study: place.study,
    day: place.day ?? null,
    series: place.series,
    file: null,
    kind: 'other',
    why: '',
    description: cleanDescription(attributes.description),
    modality: attributes.modality.replace(/[^A-Z]/g, '').slice(0, 16),
    plane: '',
    laterality: /^[LRB]$/.test(attributes.laterality) ? attributes.laterality : null,
    imageType: [],
    slices: 0,
    size: null,
    spacing: null,
    phase: null,
    phases: null,
    seconds: null,
    afterInjection: null,
    started: place.started ?? null,
    bValue: null,
    bDirection: null,
    splitBy: [],
    image: null,
    regions: null,
    acquisition: acquisitionOf(place, undefined),
    sha256: null,
    warnings: [],
    error: null,
  };
}

function acquisitionOf({ attributes }: SeriesPlace, echoTime: number | undefined): Acquisition {
  const word = (text: string): string | null => (text === '' ? null : text.slice(0, 64));
  return {
    manufacturer: word(attributes.manufacturer),
    model: word(attributes.model),
    fieldStrength: attributes.fieldStrength ?? null,
    scanningSequence: word(attributes.scanningSequence),
    repetitionTime: attributes.repetitionTime ?? null,
    echoTime: echoTime ?? attributes.echoTime ?? null,
    inversionTime: attributes.inversionTime ?? null,
    flipAngle: attributes.flipAngle ?? null,
    sliceThickness: attributes.sliceThickness ?? null,
    contrastAgent:
      attributes.contrastAgent === '' ? null : !/^(?:none|no|without)$/i.test(attributes.contrastAgent),
  };
}

/** Image types are code strings; whatever else stands there stays unprinted. */
function printable(imageType: readonly string[]): string[] {
  return imageType.map((part) => part.replace(/[^A-Z0-9_ ]/g, '?').slice(0, 16));
}

export function planeOf([x, y, z]: readonly [number, number, number]): string {
  const [a, b, c] = [Math.abs(x), Math.abs(y), Math.abs(z)];
  return c >= a && c >= b ? 'axial' : a >= b ? 'sagittal' : 'coronal';
}
