import { isSentinodeError, type SentinodeError } from '@sentinode/core';
import { type Protocol, regionExtractor } from '@sentinode/radiomics';
import {
  assertSameGrid,
  bodyShare,
  countLabels,
  gridMismatch,
  type LabelDescription,
  type Mask,
  type PlaneView,
  planeViews,
  regionOfLesions,
  repairGrid,
  type Volume,
  voxelCount,
  writeVolume,
} from '@sentinode/volume';
import { type NamedBytes, type RegionRule, readNamedVolume } from '../extraction-job.ts';
import { greyLevelsOf, greyLevelsOnly, type RegionGreyLevels } from './grey-levels.ts';
import { type Across, acrossOf } from './sides.ts';

/** An image with the masks that are to be looked at. Plain data, so that it can be sent to another thread. */
export interface InspectionJob {
  readonly image: NamedBytes;
  /** The first is measured; the others are looked at and drawn. */
  readonly masks: readonly NamedBytes[];
  readonly settings: Protocol;
  readonly region: RegionRule;
  /** Names of the labels of the first mask, where a file gives them. */
  readonly names?: readonly LabelDescription[];
  /** What is drawn: everything, only masks that do not lie on the image, or nothing. */
  readonly draw: 'all' | 'problems' | 'none';
  /** Pixels of a picture's longer side. */
  readonly side: number;
  /**
   * Also make the copies that {@link repairGrid} allows, in the format of this file name; `same` for that of each mask,
   * or compressed NIfTI where masks are not written in it ({@link copyName}).
   */
  readonly copyAs?: string;
}

/** Name of the copy of a mask: its own, with another ending where that format is only read. */
export function copyName(mask: string): string {
  return /\.(nii|nii\.gz|nrrd)$/i.test(mask) ? mask : `${mask}.nii.gz`;
}

/** A region as it lies on its image. */
export interface RegionCheck extends RegionGreyLevels {
  readonly size: readonly number[];
  /** Millimetres. */
  readonly spacing: readonly number[];
  readonly millilitres: number;
  /** Slices of the image, along its third axis, that hold some of the region. */
  readonly slices: number;
  /** Share of the region that lies in the body, 0 to 1. */
  readonly inBody: number;
  /** Where it lies across the patient. */
  readonly across?: Across;
  /** Values of the mask file other than 0, with their voxels. */
  readonly labels: readonly { readonly label: number; readonly name?: string; readonly voxels: number }[];
}

/** A mask that cannot be measured on its image. */
export interface MaskProblem {
  readonly file: string;
  readonly error: ReturnType<SentinodeError['toJSON']>;
  /** Set where both were read and lie on different grids. */
  readonly mismatch: {
    readonly cause: string;
    /** What the repair would do; null where none is certain. */
    readonly repair: string | null;
    readonly views: readonly PlaneView[];
  } | null;
  /** Bytes of the repaired copy, where it was asked for and is certain. */
  readonly copy: Uint8Array | null;
}

/** What can be seen of a case before it is measured. */
export interface CaseInspection {
  /** null where the first mask has a problem. */
  readonly check: RegionCheck | null;
  /** Three planes through the largest areas, close by; regions in the order of `drawn`. */
  readonly near: readonly PlaneView[];
  /** The axial one of the whole field. */
  readonly whole: readonly PlaneView[];
  /** Files whose regions are drawn. */
  readonly drawn: readonly string[];
  readonly problems: readonly MaskProblem[];
}

/** Both fields may be far apart, so that pictures of them are larger. */
const MISMATCH_SCALE = 1.75;
/** Share of a region outside the body from which on a warning is due. */
const MOSTLY_OUTSIDE = 0.1;

/**
 * Looks at an image and its masks: whether each mask lies on the image and if not why, and what the region of the first is.
 * @throws SentinodeError of the image itself; what is wrong with a mask is a {@link MaskProblem}
 */
export async function inspectCase(job: InspectionJob): Promise<CaseInspection> {
  const image = await readNamedVolume(job.image);
  const problems: MaskProblem[] = [];
  const good: { file: string; labels: Volume; mask: Mask }[] = [];
  for (const source of job.masks) {
    const found = await readMask(source, image, job);
    if ('error' in found) problems.push(found);
    else good.push({ file: source.file, ...found });
  }
  const first = good.find(({ file }) => file === job.masks[0]!.file);
  let check: RegionCheck | null = null;
  if (first !== undefined)
    try {
      check = checkOf(image, first.mask, first.labels, job);
    } catch (error) {
      problems.push(problemOf(error, first.file));
    }
  const draw = job.draw === 'all' && good.length > 0;
  const regions = good.map(({ mask }) => volumeOf(mask));
  return {
    check,
    near: draw ? planeViews(image, regions, { side: job.side, field: 'near' }) : [],
    whole: draw ? planeViews(image, regions, { side: job.side, field: 'all' }).slice(0, 1) : [],
    drawn: good.map(({ file }) => file),
    problems,
  };
}

const volumeOf = (mask: Mask): Volume => ({ ...mask, elementType: 'uint8' });

async function readMask(
  source: NamedBytes,
  image: Volume,
  job: InspectionJob,
): Promise<{ labels: Volume; mask: Mask } | MaskProblem> {
  let labels: Volume;
  try {
    labels = await readNamedVolume(source);
    const mask = regionOfLesions(labels, job.region);
    assertSameGrid(image, labels);
    return { labels, mask };
  } catch (error) {
    const problem = problemOf(error, source.file);
    const code = problem.error.code;
    return code === 'mask-size' || code === 'mask-geometry'
      ? mismatched(problem, image, labels!, job)
      : problem;
  }
}

function problemOf(error: unknown, file: string): MaskProblem {
  if (!isSentinodeError(error) || error.code === 'interrupted') throw error;
  return { file, error: error.at({ file }).toJSON(), mismatch: null, copy: null };
}

function mismatched(problem: MaskProblem, image: Volume, labels: Volume, job: InspectionJob): MaskProblem {
  const mismatch = gridMismatch(image.geometry, labels.geometry)!;
  const repaired = repairGrid(image.geometry, labels);
  const name = job.copyAs === 'same' ? copyName(problem.file) : job.copyAs;
  return {
    ...problem,
    mismatch: {
      cause: mismatch.cause,
      repair: repaired?.sentence ?? null,
      views:
        job.draw !== 'none'
          ? planeViews(image, repaired === undefined ? [labels] : [labels, repaired.volume], {
              side: MISMATCH_SCALE * job.side,
              field: 'all',
            })
          : [],
    },
    copy: name !== undefined && repaired !== undefined ? writeVolume(repaired.volume, name) : null,
  };
}

function checkOf(
  image: Volume,
  mask: Mask,
  labels: Volume,
  { settings, names = [] }: InspectionJob,
): RegionCheck {
  const { geometry } = image;
  const reduced = greyLevelsOnly(settings);
  const grey = greyLevelsOf(regionExtractor(image, reduced)(mask, labels), reduced);
  const inBody = bodyShare(image, mask);
  const counts = countLabels(labels);
  const plane = geometry.size[0] * geometry.size[1];
  const slices = Array.from({ length: geometry.size[2] }, (_, z) =>
    mask.data.subarray(z * plane, (z + 1) * plane).includes(1),
  ).filter(Boolean).length;
  const outside = 1 - inBody;
  const across = acrossOf(mask);
  return {
    ...grey,
    size: geometry.size,
    spacing: geometry.spacing,
    millilitres: (grey.voxels * geometry.spacing[0] * geometry.spacing[1] * geometry.spacing[2]) / 1000,
    slices,
    inBody,
    ...(across === undefined ? {} : { across }),
    labels: [...counts]
      .sort(([a], [b]) => a - b)
      .map(([label, voxels]) => {
        const name = names.find((one) => one.label === label)?.name;
        return { label, ...(name === undefined ? {} : { name }), voxels };
      }),
    warnings: [
      ...grey.warnings,
      ...(outside > MOSTLY_OUTSIDE
        ? [
            `${Math.round(100 * outside)} % of the region lies where the image shows no body: look whether the mask belongs to this image.`,
          ]
        : []),
      ...(grey.voxels > voxelCount(geometry) / 2
        ? ['The region fills more than half of the image: the mask may be inverted.']
        : []),
    ],
  };
}
