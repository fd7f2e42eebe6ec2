import type { Geometry, Vector3 } from '../volume.ts';
import { voxelToWorld } from './geometry.ts';
import { sameGeometry, sameSize } from './same-geometry.ts';

/** Why two grids differ, in one word for programs and a sentence for people. */
export interface GridMismatch {
  readonly cause:
    | 'size'
    | 'header-lost'
    | 'lps-ras'
    | 'flipped-axes'
    | 'permuted-axes'
    | 'rounding'
    | 'half-voxel'
    | 'shifted'
    | 'spacing'
    | 'resampled'
    | 'other-orientation';
  readonly sentence: string;
  /**
   * Geometry that the second volume has if the cause is as it seems, its voxel values staying where they are in
   * memory; only where that is the one explanation and brings both grids into agreement.
   */
  readonly repaired?: Geometry;
  /** Set where two repairs would bring both grids into agreement, with voxels in different places of the patient. */
  readonly ambiguous?: true;
}

/** Share of a voxel that two descriptions of one place may differ by. */
const SAME_PLACE = 1e-3;
/** Rounding of a header displaces the far corner by less than this share of a voxel. */
const ROUNDING = 0.1;

/**
 * Finds out why a mask does not lie on the grid of its image. Causes are tried from the most particular on, and a
 * repair is offered only where the changed header gives exactly the image's grid.
 * @returns undefined for grids that {@link sameGeometry} takes for one
 */
export function gridMismatch(image: Geometry, mask: Geometry): GridMismatch | undefined {
  if (sameGeometry(image, mask)) return undefined;
  if (!sameSize(image, mask)) return sizeMismatch(image, mask);
  const onImage = { ...image };
  if (isDefault(mask) && !isDefault(image)) {
    return {
      cause: 'header-lost',
      sentence:
        'The mask has no position, orientation and spacing of its own (the defaults of a header): its header was lost when it was saved.',
      // Nothing tells whether axes were turned round on the way, so there is no safe repair.
    };
  }
  if (furthest(image, turned(mask)) <= SAME_PLACE && sameVoxels(image, mask)) {
    return {
      cause: 'lps-ras',
      sentence:
        'The x and y axes of the mask run the other way over the same voxels. The image lies symmetrically about the origin, so this is either another order of voxels or an LPS header read as RAS, and the header cannot tell which.',
      ambiguous: true,
    };
  }
  if (furthest(image, turned(mask)) <= SAME_PLACE) {
    return {
      cause: 'lps-ras',
      sentence:
        'The signs of the x and y axes are turned round: the mask was written with LPS numbers in an RAS header, or the other way round.',
      repaired: onImage,
    };
  }
  const distance = furthest(image, mask);
  if (distance <= ROUNDING) {
    return {
      cause: 'rounding',
      sentence: `Both headers describe one grid and one of them is rounded: no voxel is displaced by more than ${percent(distance)} of a voxel.`,
      repaired: onImage,
    };
  }
  return displaced(image, mask);
}

function sizeMismatch(image: Geometry, mask: Geometry): GridMismatch {
  const permuted = [...image.size].sort().join() === [...mask.size].sort().join();
  if (permuted && sameBox(image, mask))
    return {
      cause: 'permuted-axes',
      sentence:
        'The mask covers the same box with its axes in another order (saved by a tool that turns volumes round); reorient it to the axes of the image.',
    };
  if (sameBox(image, mask))
    return {
      cause: 'resampled',
      sentence: `The mask covers the same box with other voxels (${mask.size.join(' x ')} against ${image.size.join(' x ')}): it was drawn on, or saved after, a resampling.`,
    };
  return {
    cause: 'size',
    sentence: `The mask has ${mask.size.join(' x ')} voxels and the image ${image.size.join(' x ')}, and they do not cover the same box: it was drawn on another series or on a part of this one.`,
  };
}

function displaced(image: Geometry, mask: Geometry): GridMismatch {
  const spacing = image.spacing.every((mm, axis) => Math.abs(mm - mask.spacing[axis]) <= 1e-3 * mm);
  const direction = image.direction.every((cosine, at) => Math.abs(cosine - mask.direction[at]) <= 1e-3);
  if (spacing && direction) {
    const shift = [0, 1, 2].map((axis) => shiftAlong(image, mask, axis));
    const text = shift.map((voxels) => (Math.round(voxels * 100) / 100 + 0).toString()).join(', ');
    const half = shift.every((voxels) => Math.abs(Math.abs(voxels) - 0.5) < 0.02 || Math.abs(voxels) < 0.02);
    return half
      ? {
          cause: 'half-voxel',
          sentence: `The mask is shifted by half a voxel (${text} voxels): one tool counts from the corner and the other from the centre of the first voxel.`,
        }
      : {
          cause: 'shifted',
          sentence: `The mask is shifted by ${text} voxels: it was drawn on another series, or the patient or the origin was moved.`,
        };
  }
  if (sameBox(image, mask) && !direction)
    return {
      cause: isPermutation(image, mask) ? 'permuted-axes' : 'flipped-axes',
      sentence: isPermutation(image, mask)
        ? 'The axes of the mask are in another order; reorient it to the axes of the image.'
        : 'Axes of the mask run the other way round over the same box; reorient it to the axes of the image.',
    };
  if (!direction)
    return {
      cause: 'other-orientation',
      sentence:
        'The mask has another orientation: it was drawn on a series of another plane, or on a reformatted one.',
    };
  return {
    cause: 'spacing',
    sentence: `The mask has another spacing (${mask.spacing.map(short).join(' x ')} against ${image.spacing.map(short).join(' x ')} mm): slice thickness was taken for the distance of slices, or it belongs to another series.`,
  };
}

/** How far the corners of two grids of one size are apart at most, in voxels of the first. */
function furthest(a: Geometry, b: Geometry): number {
  const smallest = Math.min(...a.spacing);
  let most = 0;
  for (const corner of corners(a.size)) {
    const [p, q] = [voxelToWorld(a, corner), voxelToWorld(b, corner)];
    most = Math.max(most, Math.sqrt(p.reduce((sum, mm, axis) => sum + (mm - q[axis]) ** 2, 0)) / smallest);
  }
  return most;
}

/** Whether the corners of two grids of one size are the same places, whatever the order of their axes. */
function sameVoxels(a: Geometry, b: Geometry): boolean {
  const smallest = Math.min(...a.spacing);
  const places = corners(a.size).map((corner) => voxelToWorld(a, corner));
  return corners(b.size).every((corner) => {
    const q = voxelToWorld(b, corner);
    return places.some((p) => p.every((mm, axis) => Math.abs(mm - q[axis]) <= SAME_PLACE * smallest));
  });
}

function corners([nx, ny, nz]: Vector3): Vector3[] {
  const ends = (n: number): number[] => (n === 1 ? [0] : [0, n - 1]);
  return ends(nx).flatMap((x) => ends(ny).flatMap((y) => ends(nz).map((z): Vector3 => [x, y, z])));
}

/** The same header read with the signs of world x and y turned round. */
function turned({ origin, direction, ...rest }: Geometry): Geometry {
  return {
    ...rest,
    origin: [-origin[0], -origin[1], origin[2]],
    direction: direction.map((cosine, at) => (at < 6 ? 0 - cosine : cosine)),
  };
}

function isDefault({ spacing, origin, direction }: Geometry): boolean {
  return (
    spacing.every((mm) => mm === 1) &&
    origin.every((mm) => mm === 0) &&
    direction.every((cosine, at) => Math.abs(cosine) === (at % 4 === 0 ? 1 : 0))
  );
}

/** Whether both cover the same box of the patient within a voxel, however their axes run. */
function sameBox(a: Geometry, b: Geometry): boolean {
  const box = (grid: Geometry): [number, number][] => {
    const outer: Vector3[] = corners([2, 2, 2]).map((corner) => {
      const at = corner.map((end, axis) => (end === 0 ? -0.5 : grid.size[axis] - 0.5)) as unknown as Vector3;
      return voxelToWorld(grid, at);
    });
    return [0, 1, 2].map((axis) => [
      Math.min(...outer.map((point) => point[axis])),
      Math.max(...outer.map((point) => point[axis])),
    ]);
  };
  const tolerance = Math.max(...a.spacing, ...b.spacing);
  const [p, q] = [box(a), box(b)];
  return p.every(
    ([low, high], axis) =>
      Math.abs(low - q[axis][0]) <= tolerance && Math.abs(high - q[axis][1]) <= tolerance,
  );
}

function isPermutation(a: Geometry, b: Geometry): boolean {
  const along = (grid: Geometry, axis: number): number =>
    [0, 1, 2].reduce(
      (best, row) =>
        Math.abs(grid.direction[3 * row + axis]) > Math.abs(grid.direction[3 * best + axis]) ? row : best,
      0,
    );
  return [0, 1, 2].some((axis) => along(a, axis) !== along(b, axis));
}

function shiftAlong(image: Geometry, mask: Geometry, axis: number): number {
  const offset = [0, 1, 2].map((row) => mask.origin[row] - image.origin[row]);
  const along = [0, 1, 2].reduce((sum, row) => sum + offset[row] * image.direction[3 * row + axis], 0);
  return along / image.spacing[axis];
}

const short = (mm: number): string => String(Math.round(mm * 1000) / 1000);
const percent = (share: number): string => `${Math.max(0.1, Math.round(share * 1000) / 10)} %`;
