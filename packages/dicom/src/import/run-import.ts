import { canonicalJson, isSentinodeError, type Progress, sha256, throwIfAborted } from '@sentinode/core';
import { writeVolume } from '@sentinode/volume';
import { readStack } from '../series/read-volume.ts';
import { normalOf } from '../series/vectors.ts';
import { cleanDescription } from './clean-description.ts';
import type { Acquisition, IndexEntry } from './index-entry.ts';
import type { ImportPlan, PlannedVolume, SeriesPlace } from './plan.ts';
import type { Scan } from './scan.ts';

/** A file to be written under the output folder. */
export interface ImportedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Stands for what the file was made of; the same one next time means that it need not be made again. */
  readonly fingerprint: string;
}

export interface RunImportOptions {
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** SHA-256 of a file that an earlier run finished from the same input, if there is one. */
  readonly finished?: (path: string, fingerprint: string) => Promise<string | undefined>;
}

/** Changes when the same input would give other bytes. */
const FORMAT = 1;

/**
 * Decodes the planned volumes one at a time and gives their files; returns the index when all are made. A volume
 * that fails is listed with its reason and stops nothing.
 * @throws SentinodeError `interrupted`
 */
export async function* runImport(
  scan: Scan,
  plan: ImportPlan,
  options: RunImportOptions = {},
): AsyncGenerator<ImportedFile, IndexEntry[]> {
  const entries: IndexEntry[] = plan.refusals.map(({ place, slices, error }) => ({
    ...entryOfSeries(place),
    kind: 'other',
    why: 'its slices make no volume',
    plane: planeOf(normalOf(slices[0])),
    imageType: printable(slices[0].flavour),
    slices: slices.length,
    error: { code: error.code, message: error.message },
  }));
  for (const [at, planned] of plan.volumes.entries()) {
    throwIfAborted(options.signal);
    options.progress?.({ stage: 'writing volumes', done: at, total: plan.volumes.length });
    const fingerprint = await fingerprintOf(planned);
    try {
      let hash = await options.finished?.(planned.file, fingerprint);
      if (hash === undefined) {
        const bytes = writeVolume(await readStack(planned.volume, scan.open), planned.file);
        hash = await sha256(bytes);
        yield { path: planned.file, bytes, fingerprint };
      }
      entries.push({ ...entryOfVolume(planned), file: planned.file, sha256: hash });
    } catch (error) {
      if (!isSentinodeError(error) || error.code === 'interrupted') throw error;
      entries.push({ ...entryOfVolume(planned), error: { code: error.code, message: error.message } });
    }
  }
  options.progress?.({ stage: 'writing volumes', done: plan.volumes.length, total: plan.volumes.length });
  return entries.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function fingerprintOf({ volume }: PlannedVolume): Promise<string> {
  const slices = volume.slices.map(({ instance, frame, tile, slope, intercept, stored }) => [
    instance,
    frame,
    tile ?? null,
    slope,
    intercept,
    stored,
  ]);
  return sha256(canonicalJson([FORMAT, volume.geometry, slices]));
}

const orderOf = ({ patient, study, series, file, slices }: IndexEntry): string =>
  [
    patient,
    study.padStart(8, '0'),
    String(series).padStart(6, '0'),
    file ?? `~${String(slices).padStart(6, '0')}`,
  ].join('|');

function entryOfVolume(planned: PlannedVolume): IndexEntry {
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
    bValue: kind === 'DWI' ? (volume.bValue ?? null) : null,
    bDirection: bDirection ?? null,
    splitBy: volume.splitBy,
    acquisition: acquisitionOf(place, volume.echoTime),
    warnings,
  };
}

/** What the parts of a series have in common. */
function entryOfSeries(place: SeriesPlace): IndexEntry {
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
    started: place.started ?? null,
    bValue: null,
    bDirection: null,
    splitBy: [],
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

function planeOf([x, y, z]: readonly [number, number, number]): string {
  const [a, b, c] = [Math.abs(x), Math.abs(y), Math.abs(z)];
  return c >= a && c >= b ? 'axial' : a >= b ? 'sagittal' : 'coronal';
}
