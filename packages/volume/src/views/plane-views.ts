import { indexFinder, indexToWorld } from '../geometry/geometry.ts';
import { sameGeometry } from '../geometry/same-geometry.ts';
import type { Geometry, Vector3, Volume } from '../volume.ts';
import { type AnatomicalAxes, anatomicalAxes, type Plane, planeAxes } from './anatomical-axes.ts';
import { largestPlanes } from './largest-planes.ts';

/** One plane of an image with regions on it, drawn with square pixels; patient right is on the left, front and head are up. */
export interface PlaneView {
  readonly plane: Plane;
  readonly width: number;
  readonly height: number;
  /** Millimetres per pixel. */
  readonly pitch: number;
  /** 0 to 255, rows from the top; 0 where there is no image. */
  readonly grey: Uint8Array;
  /** 1 inside, per region in the order given. */
  readonly regions: readonly Uint8Array[];
  /** Corners of the image's field, and of the field of every mask that lies on another grid, in pixels; eight a box. */
  readonly boxes: readonly (readonly (readonly [number, number])[])[];
}

export interface ViewOptions {
  /** Pixels of the longer side. */
  readonly side: number;
  /** `near`: the surroundings of the first region; `all`: image and masks in full. */
  readonly field: 'near' | 'all';
}

/** The surroundings that `near` shows at least, mm, and times the extent of the region. */
const NEAR = { least: 80, times: 2 } as const;
/** Share of the drawn pixels that the window leaves above and below. */
const CLIPPED = 0.005;

/**
 * Three planes through the largest areas of the first region. Masks are shown where their own headers place them, so that
 * one which does not lie on the image is seen where it is. Nothing is interpolated: every pixel shows the nearest voxel.
 * @param masks non-zero voxels are the region; any grid
 */
export function planeViews(image: Volume, masks: readonly Volume[], options: ViewOptions): PlaneView[] {
  const axes = anatomicalAxes(image.geometry);
  const found = largestPlanes(image.geometry, masks[0]);
  const fields = fieldOf(image.geometry, masks, found.box, options.field);
  return planeAxes.map(({ plane, across, down, through }) =>
    drawPlane(image, masks, {
      plane,
      side: options.side,
      axes,
      across: axes[across].index,
      down: axes[down].index,
      through: axes[through].index,
      at: found.planes[axes[through].index],
      fields,
    }),
  );
}

type Range = readonly [number, number];

interface PlanePlan {
  readonly plane: Plane;
  readonly side: number;
  readonly axes: AnatomicalAxes;
  /** Axes of the image that run across and down the picture, and through it. */
  readonly across: number;
  readonly down: number;
  readonly through: number;
  readonly at: number;
  /** What is shown along each axis of the image, in voxels from edge to edge. */
  readonly fields: readonly Range[];
}

function drawPlane(image: Volume, masks: readonly Volume[], plan: PlanePlan): PlaneView {
  const { geometry } = image;
  const { across, down, through, at, fields, axes } = plan;
  const extent = [across, down].map((axis) => (fields[axis][1] - fields[axis][0]) * geometry.spacing[axis]);
  const pitch = Math.max(...extent) / plan.side;
  const [width, height] = extent.map((mm) => Math.max(1, Math.round(mm / pitch)));
  const place = (axis: number, count: number): ((pixel: number) => number) => {
    const [low, high] = fields[axis];
    const turned = axes.reversed[axis];
    return (pixel) => {
      const share = pixel / count;
      return low + (high - low) * (turned ? 1 - share : share);
    };
  };
  const [toX, toY] = [place(across, width), place(down, height)];
  const values = new Float64Array(width * height).fill(Number.NaN);
  const regions = masks.map(() => new Uint8Array(width * height));
  const samplers = masks.map((mask) => onImage(mask, geometry));
  const index: [number, number, number] = [0, 0, 0];
  index[through] = at;
  const ofImage = valueAt(image);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      index[across] = toX(x + 0.5);
      index[down] = toY(y + 0.5);
      const pixel = y * width + x;
      values[pixel] = ofImage(index[0], index[1], index[2]);
      for (let k = 0; k < samplers.length; k++) {
        const value = samplers[k](index[0], index[1], index[2]);
        if (value > 0 || value < 0) regions[k][pixel] = 1;
      }
    }
  const pixelOf = (axis: number, count: number, voxel: number): number => {
    const share = (voxel - fields[axis][0]) / (fields[axis][1] - fields[axis][0]);
    return count * (axes.reversed[axis] ? 1 - share : share);
  };
  const boxes = [
    geometry,
    ...masks.map((mask) => mask.geometry).filter((grid) => !sameGeometry(geometry, grid)),
  ];
  const find = indexFinder(geometry);
  return {
    plane: plan.plane,
    width,
    height,
    pitch,
    grey: windowed(values),
    regions,
    boxes: boxes.map((grid) =>
      outerCorners(grid).map((corner) => {
        const voxel = find(corner);
        return [pixelOf(across, width, voxel[across]), pixelOf(down, height, voxel[down])] as const;
      }),
    ),
  };
}

type Sampler = (x: number, y: number, z: number) => number;

/** Value of the voxel that holds an index of a volume; NaN outside. */
function valueAt({ geometry: { size }, data }: Volume): Sampler {
  const [nx, ny, nz] = size;
  return (x, y, z) => {
    const i = Math.round(x);
    const j = Math.round(y);
    const k = Math.round(z);
    const inside = i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz;
    return inside ? data[i + nx * (j + ny * k)]! : Number.NaN;
  };
}

/** Value of a mask at an index of the image. */
function onImage(mask: Volume, image: Geometry): Sampler {
  const value = valueAt(mask);
  if (sameGeometry(image, mask.geometry)) return value;
  const find = indexFinder(mask.geometry);
  return (x, y, z) => value(...find(indexToWorld(image, [x, y, z])));
}

function fieldOf(
  image: Geometry,
  masks: readonly Volume[],
  region: readonly Range[],
  field: ViewOptions['field'],
): Range[] {
  const whole = image.size.map((n): Range => [-0.5, n - 0.5]);
  if (field === 'near') {
    const extents = region.map(([low, high], axis) => (high - low + 1) * image.spacing[axis]);
    const mm = Math.max(NEAR.least, NEAR.times * Math.max(...extents));
    return whole.map(([low, high], axis) => {
      const middle = (region[axis][0] + region[axis][1]) / 2;
      const half = mm / image.spacing[axis] / 2;
      return [Math.max(low, middle - half), Math.min(high, middle + half)];
    });
  }
  const find = indexFinder(image);
  const corners = masks.flatMap((mask) => outerCorners(mask.geometry).map(find));
  return whole.map(([low, high], axis) => [
    Math.min(low, ...corners.map((corner) => corner[axis])),
    Math.max(high, ...corners.map((corner) => corner[axis])),
  ]);
}

/** The outer corners of a grid in the patient, LPS mm: the first axis changes fastest. */
function outerCorners(grid: Geometry): Vector3[] {
  return Array.from({ length: 8 }, (_, corner) =>
    indexToWorld(
      grid,
      grid.size.map((n, axis) => ((corner >> axis) & 1 ? n - 0.5 : -0.5)) as unknown as Vector3,
    ),
  );
}

/** Values as grey levels between the darkest and brightest that the window keeps; NaN is black. */
function windowed(values: Float64Array): Uint8Array {
  const known = values.filter(Number.isFinite).sort();
  const low = known[Math.floor(CLIPPED * (known.length - 1))] ?? 0;
  const high = known[Math.ceil((1 - CLIPPED) * (known.length - 1))] ?? 0;
  return Uint8Array.from(values, (value) => {
    if (!Number.isFinite(value) || high <= low) return 0;
    return Math.round(255 * Math.min(1, Math.max(0, (value - low) / (high - low))));
  });
}
