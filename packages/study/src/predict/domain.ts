import { type ImageSignature, type SeenImages, signatureQuantities } from '../images/image-signature.ts';
import type { LockedModel } from '../models/locked-model.ts';
import { distanceFrom } from '../models/predictor-spread.ts';

/** An image of a patient with what it looks like. */
export interface PatientImage {
  readonly visit: string;
  readonly sequence: string;
  readonly signature: ImageSignature;
}

/** Whether a patient lies where the model was trained. */
export interface DomainCheck {
  readonly domain: 'in' | 'warned' | 'refused';
  readonly reasons: readonly string[];
  /** What was compared, and what could not be. */
  readonly checked: readonly string[];
}

interface Finding {
  readonly refuses: boolean;
  readonly reason: string;
}

/**
 * Compares the images of a patient (grid, region, grey levels), each predictor, and the distance of all predictors together
 * with the training cohort. A little outside is a warning, far outside refuses the patient.
 * @param images those that were measured; empty where features came as numbers
 */
export function checkDomain(
  model: LockedModel,
  predictors: Float64Array,
  images: readonly PatientImage[] = [],
): DomainCheck {
  const seen = model.acquisition?.seen ?? [];
  const findings = [
    ...images.flatMap((image) => imageFindings(image, seen)),
    ...rangeFindings(model, predictors),
    ...distanceFinding(model, predictors),
  ];
  const refused = findings.some(({ refuses }) => refuses);
  return {
    domain: refused ? 'refused' : findings.length > 0 ? 'warned' : 'in',
    reasons: findings.map(({ reason }) => reason),
    checked: [
      'range of each predictor',
      model.spread === undefined ? 'not: distance (the bundle has no spread)' : 'distance of all predictors',
      images.length > 0 && seen.length > 0
        ? 'voxel size, size of the region and grey levels of each image'
        : `not: images (${seen.length === 0 ? 'the bundle does not say what the training images looked like' : 'features were given as numbers'})`,
      'not: scanner and field strength, which these files do not state',
    ],
  };
}

/** Outside the range of the training cohort; further outside than that range is wide refuses. */
function rangeFindings(model: LockedModel, predictors: Float64Array): Finding[] {
  return model.predictors.flatMap((predictor, index) => {
    const { name, minimum, maximum } = predictor;
    const value = predictors[index]!;
    if (value >= minimum && value <= maximum) return [];
    const beyond = value < minimum ? minimum - value : value - maximum;
    const refuses = !(beyond <= maximum - minimum);
    const own = (z: number): string => rawText(model, index, z);
    return [
      {
        refuses,
        reason: `${name} lies ${refuses ? 'far ' : ''}outside the training range (${own(value)}; ${own(minimum)} to ${own(maximum)})`,
      },
    ];
  });
}

/** A predictor in its own unit: a z-score turned back, a component as it is. */
export function rawValue(model: LockedModel, index: number, z: number): number {
  const { name, kind } = model.predictors[index]!;
  if (kind === 'radiomics') {
    const { mean, sd } = model.radiomics!;
    return mean[index]! + sd[index]! * z;
  }
  const variable = model.clinical.find((one) => one.name === name);
  return variable?.kind === 'continuous' ? variable.mean + variable.sd * z : z;
}

function rawText(model: LockedModel, index: number, z: number): string {
  const unit = model.units?.[model.predictors[index]!.name];
  return `${Number(rawValue(model, index, z).toPrecision(4))}${unit === undefined ? '' : ` ${unit}`}`;
}

/** Warned beyond every training patient, refused at twice that. */
function distanceFinding(model: LockedModel, predictors: Float64Array): Finding[] {
  const { spread } = model;
  if (spread === undefined) return [];
  const distance = distanceFrom(spread, predictors);
  if (distance <= spread.largest) return [];
  const refuses = !(distance <= 2 * spread.largest);
  return [
    {
      refuses,
      reason: `the predictors together lie further from the training patients than any of these from the others (Mahalanobis distance ${distance.toPrecision(3)}; 95 % of them within ${spread.percentile95.toPrecision(3)}, the furthest ${spread.largest.toPrecision(3)})`,
    },
  ];
}

/** Standard deviations, mean over the quantities, from which an image does not look like its sequence. */
const UNLIKE = 4;
/** A region this many times larger or smaller than any in training. */
const FAR_REGION = 3;
/** Voxel sizes that differ by this share count as the same, and by this factor are another protocol. */
const SAME_SPACING = 0.02;
const OTHER_SPACING = 1.5;

function imageFindings({ visit, sequence, signature }: PatientImage, seen: readonly SeenImages[]): Finding[] {
  const own = seen.find((one) => one.visit === visit && one.sequence === sequence);
  if (own === undefined) return [];
  const where = `${visit} ${sequence}`;
  const findings: Finding[] = [];
  const axes = ['x', 'y', 'z'] as const;
  signature.spacing.forEach((size, axis) => {
    const { minimum, maximum } = own.spacing[axis]!;
    if (size >= minimum * (1 - SAME_SPACING) && size <= maximum * (1 + SAME_SPACING)) return;
    findings.push({
      refuses: size < minimum / OTHER_SPACING || size > maximum * OTHER_SPACING,
      reason: `the voxels of ${where} are ${short(size)} mm along ${axes[axis]}; in training ${short(minimum)} to ${short(maximum)} mm`,
    });
  });
  const { minimum, maximum } = own.regionVolume;
  if (signature.regionVolume < minimum || signature.regionVolume > maximum)
    findings.push({
      refuses: signature.regionVolume < minimum / FAR_REGION || signature.regionVolume > maximum * FAR_REGION,
      reason: `the region of ${where} has ${short(signature.regionVolume)} mm3; in training ${short(minimum)} to ${short(maximum)} mm3`,
    });
  const away = unlikeness(signature, own);
  if (away <= UNLIKE) return findings;
  const nearest = seen
    .map((one) => ({ one, away: unlikeness(signature, one) }))
    .reduce((best, next) => (next.away < best.away ? next : best));
  const other = nearest.one.sequence !== sequence && nearest.away < away / 2 ? nearest.one : undefined;
  findings.push({
    refuses: other !== undefined || away > 3 * UNLIKE,
    reason: `the image ${where} does not look like the ${where} images of training (${short(away)} standard deviations in its grey levels)${other === undefined ? '' : `; it looks like ${other.visit} ${other.sequence} (${short(nearest.away)}): is it in the wrong place?`}`,
  });
  return findings;
}

/** Mean distance of the grey-level quantities from those of training images, in their standard deviations. */
function unlikeness(signature: ImageSignature, { quantities }: SeenImages): number {
  const distances = signatureQuantities.map((name) => {
    const { mean, sd } = quantities[name];
    // a spread below a hundredth of the value is no more than rounding of few images
    return Math.abs(signature[name] - mean) / Math.max(sd, 0.01 * Math.abs(mean), 1e-9);
  });
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

const short = (value: number): string => String(Number(value.toPrecision(3)));
