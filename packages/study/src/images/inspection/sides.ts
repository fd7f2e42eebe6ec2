import type { Mask } from '@sentinode/volume';

/** Where a region lies across the patient. */
export interface Across {
  /** Distance of the region's centre from the middle of the image towards the patient's left, mm. */
  readonly left: number;
  /** How far the image reaches across the patient, mm. */
  readonly width: number;
}

/** Images narrower than this may show one breast alone; their middle says nothing, mm. */
const BOTH_BREASTS = 250;
/** Regions nearer to the middle than this may lie on either side, mm. */
const NEAR_MIDDLE = 20;

/** Position of a region across the patient (x of DICOM, towards the left). undefined for an empty region. */
export function acrossOf({ geometry, data }: Mask): Across | undefined {
  const { size, spacing, direction } = geometry;
  const sums = [0, 0, 0];
  let count = 0;
  for (let z = 0, at = 0; z < size[2]!; z++)
    for (let y = 0; y < size[1]!; y++)
      for (let x = 0; x < size[0]!; x++, at++) {
        if (data[at] === 0) continue;
        sums[0]! += x;
        sums[1]! += y;
        sums[2]! += z;
        count++;
      }
  if (count === 0) return undefined;
  let left = 0;
  let width = 0;
  for (let axis = 0; axis < 3; axis++) {
    // first row of the direction: what a step along the axis moves to the left
    const step = direction[axis]! * spacing[axis]!;
    left += step * (sums[axis]! / count - (size[axis]! - 1) / 2);
    width += Math.abs(step) * size[axis]!;
  }
  return { left, width };
}

/** A region with the image it was drawn on. */
export interface PlacedRegion {
  readonly patient: string;
  readonly visit: string;
  readonly sequence: string;
  readonly across?: Across;
}

const sideOf = ({ left, width }: Across): 'left' | 'right' | undefined =>
  width < BOTH_BREASTS || Math.abs(left) < NEAR_MIDDLE ? undefined : left > 0 ? 'left' : 'right';

/**
 * A sentence for every image whose region lies on the other side of the body than that of the patient's first image that
 * shows both sides.
 */
export function otherSides(regions: readonly PlacedRegion[]): (string | undefined)[] {
  const first = new Map<string, { readonly side: string; readonly where: string }>();
  return regions.map(({ patient, visit, sequence, across }) => {
    const side = across && sideOf(across);
    if (side === undefined) return undefined;
    const known = first.get(patient);
    if (known === undefined) {
      first.set(patient, { side, where: `${visit} ${sequence}` });
      return undefined;
    }
    return known.side === side
      ? undefined
      : `The region lies in the ${side} half of the body and that of ${known.where} in the ${known.side} half: look whether image, mask and patient belong together.`;
  });
}
