import {
  canonicalJson,
  isSentinodeError,
  SentinodeError,
  sha256,
  throwIfAborted,
  type Warning,
} from '@sentinode/core';
import { type Geometry, sameGeometry, type Volume, writeLabelDescriptions } from '@sentinode/volume';
import { readSegmentation } from '../masks/read-segmentation.ts';
import {
  rasterise,
  readStructureSet,
  referencedSeries,
  type Structure,
} from '../masks/read-structure-set.ts';
import { cleanDescription } from './clean-description.ts';
import { entryOfSeries, planeOf } from './entries.ts';
import { compressed, type ImportedFile, type RunImportOptions } from './imported-file.ts';
import type { IndexEntry } from './index-entry.ts';
import type { ImportPlan, PlannedVolume } from './plan.ts';
import type { Scan, ScannedFile } from './scan.ts';

/** Changes when the same input would give other bytes. */
const FORMAT = 2;
const MOST_LABELS = 255;

const offGrid = {
  code: 'mask-grid',
  message:
    'The mask lies on the grid of no image that was imported; resample it to the image that it is used with.',
};

const renamed = {
  code: 'mask-series',
  message:
    'The series that the contours name is not among the files; they were drawn on images of the same frame of reference.',
};

/** One region of a mask file on the grid of its image. */
interface Region {
  readonly number: number;
  readonly name: string;
  readonly geometry: Geometry;
  readonly data: Uint8Array;
}

/**
 * Gives the DICOM SEG and RT Structure Set files of an import as label volumes on the grid of the images that they
 * were drawn on, with a description of the labels for ITK-SNAP. Regions that overlap get a file each.
 */
export async function* importMasks(
  scan: Scan,
  plan: ImportPlan,
  options: RunImportOptions,
): AsyncGenerator<ImportedFile, IndexEntry[]> {
  const files = scan.files.flatMap((file, index) => (file.role === 'image' ? [] : [{ file, index }]));
  const entries: IndexEntry[] = [];
  const used = new Map<string, number>();
  for (const { file, index } of files) {
    throwIfAborted(options.signal);
    const place = plan.places.get(file.attributes.series)!;
    const entry = { ...entryOfSeries(place), kind: 'mask' as const };
    const what = file.role === 'segmentation' ? 'SEG' : 'RTSTRUCT';
    const base = `${place.patient}/${place.study}/${String(place.series).padStart(2, '0')}_${what}`;
    const count = (used.get(base) ?? 0) + 1;
    used.set(base, count);
    try {
      const { regions, warnings, candidates } = await regionsOf(file, index, scan, plan);
      const parts = overlap(regions) ? regions.map((region) => [region]) : [regions];
      for (const part of parts) {
        const stem = `${base}${count === 1 ? '' : `_${count}`}${parts.length === 1 ? '' : `_region${part[0].number}`}`;
        const { image, volume, described } = labelVolume(part, candidates);
        const fingerprint = await sha256(canonicalJson([FORMAT, file.instance, volume.geometry, described]));
        const path = `${stem}.nii.gz`;
        const names = new TextEncoder().encode(writeLabelDescriptions(described));
        const labels = { path: `${stem}.labels.txt`, bytes: names };
        let hash = await options.finished?.(path, fingerprint);
        if (hash === undefined) {
          const bytes = await compressed(volume, options);
          hash = await sha256(bytes);
          yield { path, bytes, fingerprint };
        }
        if ((await options.finished?.(labels.path, fingerprint)) === undefined)
          yield { ...labels, fingerprint };
        entries.push({
          ...entry,
          why: file.role === 'segmentation' ? 'DICOM SEG' : 'RT Structure Set',
          file: path,
          image,
          regions: described,
          warnings: image === null ? [...warnings, offGrid] : warnings,
          plane: planeOf([
            volume.geometry.direction[2],
            volume.geometry.direction[5],
            volume.geometry.direction[8],
          ]),
          slices: volume.geometry.size[2],
          size: volume.geometry.size,
          spacing: volume.geometry.spacing,
          sha256: hash,
        });
      }
    } catch (error) {
      if (!isSentinodeError(error) || error.code === 'interrupted') throw error;
      entries.push({ ...entry, error: { code: error.code, message: error.message } });
    }
  }
  return entries;
}

async function regionsOf(
  file: ScannedFile,
  index: number,
  scan: Scan,
  plan: ImportPlan,
): Promise<{ regions: Region[]; warnings: Warning[]; candidates: readonly PlannedVolume[] }> {
  const data = await scan.open(index);
  const named = referencedSeries(data);
  const candidates = namedFirst(imagesFor(file, plan), named);
  if (file.role === 'segmentation') {
    const { segments } = await readSegmentation(
      data,
      candidates.map(({ volume }) => volume.geometry),
    );
    const regions = segments.map(({ number, label, geometry, data: voxels }) => ({
      number,
      name: label,
      geometry,
      data: voxels,
    }));
    return { regions, warnings: [], candidates };
  }
  const structures = readStructureSet(data).filter(({ contours }) => contours.length > 0);
  const drawnOn = candidates.filter(({ place }) => named.includes(place.attributes.series));
  // Archives rename series and leave the references; the frame of reference says as surely where the contours lie.
  const sameFrame = candidates.filter(
    ({ place }) => place.attributes.frameOfReference === (file.attributes.frameOfReference ?? ''),
  );
  const regions = drawn(structures, drawnOn.length > 0 ? drawnOn : sameFrame);
  return { regions, warnings: drawnOn.length > 0 ? [] : [renamed], candidates };
}

/** The volumes of the series that a mask names before others of the same grid (subtractions, other phases). */
function namedFirst(volumes: readonly PlannedVolume[], named: readonly string[]): PlannedVolume[] {
  const isNamed = ({ place }: PlannedVolume): boolean => named.includes(place.attributes.series);
  return [...volumes.filter(isNamed), ...volumes.filter((one) => !isNamed(one))];
}

/** Structures on the grid of the first volume in whose planes they lie. */
function drawn(structures: readonly Structure[], volumes: readonly PlannedVolume[]): Region[] {
  let reason: unknown = new SentinodeError(
    'dicom-none',
    'The images that the RT Structure Set was drawn on are not among the files, so its contours have no grid. Import both together.',
  );
  for (const [at, { volume }] of volumes.entries()) {
    try {
      return structures.map((structure) => ({
        number: structure.number,
        name: structure.name,
        ...rasterise(structure, volume.geometry),
      }));
    } catch (error) {
      if (!isSentinodeError(error, 'mask-geometry')) throw error;
      if (at === 0) reason = error;
    }
  }
  throw reason;
}

/** Volumes of the same patient and frame of reference, in the order of the plan. */
function imagesFor({ attributes }: ScannedFile, plan: ImportPlan): PlannedVolume[] {
  return plan.volumes.filter(
    ({ place }) =>
      place.attributes.patient === attributes.patient &&
      (attributes.frameOfReference === undefined ||
        place.attributes.frameOfReference === undefined ||
        place.attributes.frameOfReference === attributes.frameOfReference),
  );
}

function overlap(regions: readonly Region[]): boolean {
  if (regions.length < 2) return false;
  const taken = new Uint8Array(regions[0].data.length);
  return regions.some(({ data }) =>
    data.some((value, at) => {
      if (value === 0) return false;
      if (taken[at] === 1) return true;
      taken[at] = 1;
      return false;
    }),
  );
}

function labelVolume(
  regions: readonly Region[],
  candidates: readonly PlannedVolume[],
): { volume: Volume; image: string | null; described: NonNullable<IndexEntry['regions']> } {
  if (regions.length === 0)
    throw new SentinodeError('mask-empty', 'The file describes no region. Export it again, or leave it out.');
  const highest = Math.max(...regions.map(({ number }) => number));
  const wide = highest > MOST_LABELS;
  const [{ geometry }] = regions;
  const data = wide ? new Uint16Array(regions[0].data.length) : new Uint8Array(regions[0].data.length);
  const described = regions.map(({ number, name, data: inside }) => {
    let voxels = 0;
    for (let at = 0; at < inside.length; at++) {
      if (inside[at] === 0) continue;
      data[at] = number;
      voxels++;
    }
    return { label: number, name: cleanDescription(name), voxels };
  });
  const image = candidates.find(({ volume }) => sameGeometry(volume.geometry, geometry));
  return {
    volume: { geometry, elementType: wide ? 'uint16' : 'uint8', data },
    image: image?.file ?? null,
    described,
  };
}
