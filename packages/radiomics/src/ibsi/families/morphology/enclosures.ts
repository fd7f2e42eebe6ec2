import type { FeatureValue } from '../../../features/feature-class.ts';
import { convexHull, hullTriangles, surfaceMeasure } from './convex-hull.ts';
import { ellipsoidArea, ellipsoidVolume } from './ellipsoids.ts';
import { smallestBox } from './smallest-box.ts';
import { smallestEllipsoid } from './smallest-ellipsoid.ts';

type Vector = readonly [number, number, number];
interface Measure {
  readonly area: number;
  readonly volume: number;
}

/**
 * Volume and area densities: those of the mesh over those of bodies around it.
 * @param points outermost points of the surface in half voxels
 * @param variances principal variances in mm^2, descending
 */
export function enclosures(
  mesh: Measure,
  points: Int32Array,
  spacing: Vector,
  variances: readonly number[],
): Record<string, FeatureValue> {
  const [a, b, c] = variances.map((variance) => 2 * Math.sqrt(variance)) as [number, number, number];
  const hull = convexHull(points);
  const triangles = hull === undefined ? [] : hullTriangles(hull, points, spacing);
  const corners = uniqueCorners(triangles);
  return {
    ...densities('aabb', mesh, boxMeasure(extents(points, spacing))),
    ...densities('ombb', mesh, hull === undefined ? undefined : boxMeasure(smallestBox(triangles, corners))),
    ...densities(
      'aee',
      mesh,
      c > 0 ? { volume: ellipsoidVolume(a, b, c), area: ellipsoidArea(a, b, c) } : undefined,
    ),
    ...densities('mvee', mesh, hull === undefined ? undefined : ellipsoidMeasure(smallestEllipsoid(corners))),
    ...densities('conv_hull', mesh, hull === undefined ? undefined : surfaceMeasure(triangles)),
  };
}

function densities(name: string, mesh: Measure, around: Measure | undefined): Record<string, FeatureValue> {
  const none = { undefined: 'the body around the region has no volume' };
  return {
    [`morph_vol_dens_${name}`]: around === undefined ? none : mesh.volume / around.volume,
    [`morph_area_dens_${name}`]: around === undefined ? none : mesh.area / around.area,
  };
}

const boxMeasure = ([x, y, z]: Vector): Measure => ({
  volume: x * y * z,
  area: 2 * (x * y + y * z + z * x),
});

const ellipsoidMeasure = ([a, b, c]: Vector): Measure => ({
  volume: ellipsoidVolume(a, b, c),
  area: ellipsoidArea(a, b, c),
});

/** Millimetres along x, y, z. */
function extents(points: Int32Array, spacing: Vector): Vector {
  return [0, 1, 2].map((axis) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let at = axis; at < points.length; at += 3) {
      low = Math.min(low, points[at]!);
      high = Math.max(high, points[at]!);
    }
    return ((high - low) / 2) * spacing[axis]!;
  }) as unknown as Vector;
}

function uniqueCorners(triangles: readonly (readonly [Vector, Vector, Vector])[]): Vector[] {
  const found = new Map<string, Vector>();
  for (const triangle of triangles) for (const corner of triangle) found.set(corner.join(), corner);
  return [...found.values()];
}
