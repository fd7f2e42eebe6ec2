import { parseNumber, SentinodeError } from '@sentinode/core';
import { geometryOfSteps } from '../../geometry/geometry.ts';
import type { Geometry, Vector3 } from '../../volume.ts';
import { invalidField, type NrrdHeader, required } from './header.ts';

/** Axes of an NRRD: which span space, which count volumes. */
export interface NrrdAxes {
  /** Length of every axis, fastest first. */
  readonly sizes: readonly number[];
  /** Axes that span space (1 to 3 of them), in their order. */
  readonly spatial: readonly number[];
  readonly geometry: Geometry;
}

/** Signs that turn a named space into left, posterior, superior. */
const spaces: ReadonlyMap<string, Vector3> = new Map([
  ['left-posterior-superior', [1, 1, 1]],
  ['lps', [1, 1, 1]],
  ['right-anterior-superior', [-1, -1, 1]],
  ['ras', [-1, -1, 1]],
  ['left-anterior-superior', [1, -1, 1]],
  ['las', [1, -1, 1]],
]);

/** Kinds of axes along which no point of space lies. */
const VALUE_KIND =
  /^(?:list|point|vector|covariant-vector|normal|stub|scalar|complex|time|none|quaternion|\d-\S+|\S+-colou?r|\dd-\S+)$/i;

/**
 * Reads sizes, space and directions. A space that does not say where the patient's left is cannot be placed in the
 * patient and is refused; with no space at all the axes are taken as LPS, as ITK does. `space origin` missing is 0.
 * @throws SentinodeError `volume-header`, `volume-dimensions` or `volume-geometry`
 */
export function readAxes(header: NrrdHeader): NrrdAxes {
  const sizes = numbers(required(header, 'sizes'), 'sizes');
  const dimension = parseNumber(required(header, 'dimension')) ?? 0;
  if (!Number.isInteger(dimension) || dimension < 1 || dimension > 16) {
    throw invalidField(`"${header.fields.get('dimension')}" is not 1 to 16.`, 'dimension');
  }
  if (sizes.length !== dimension)
    throw invalidField(`${sizes.length} sizes are given for ${dimension} axes.`, 'sizes');
  checkUnits(header);
  const directions = readDirections(header, dimension);
  const spatial = spatialAxes(header, dimension, directions);
  if (spatial.length < 2) {
    throw new SentinodeError(
      'volume-dimensions',
      `The file has ${spatial.length === 1 ? 'one axis' : 'no axis'} in space; a volume has three, a slice two.`,
      { field: 'dimension' },
    );
  }
  const size = [0, 1, 2].map((axis) => (axis < spatial.length ? sizes[spatial[axis]!]! : 1));
  const { steps, origin } = directions
    ? fromDirections(header, spatial, directions)
    : fromSpacings(header, spatial);
  return {
    sizes,
    spatial,
    geometry: geometryOfSteps([size[0]!, size[1]!, size[2]!], steps, origin, 'reciprocal'),
  };
}

interface Placement {
  readonly steps: number[];
  readonly origin: Vector3;
}

function spatialAxes(
  header: NrrdHeader,
  dimension: number,
  directions: readonly (Vector3 | undefined)[] | undefined,
): number[] {
  const kinds = header.fields.get('kinds')?.split(/\s+/);
  const axes = Array.from({ length: dimension }, (_, axis) => axis);
  const spatial = directions
    ? axes.filter((axis) => directions[axis] !== undefined)
    : axes.filter((axis) => !VALUE_KIND.test(kinds?.[axis] ?? '')).slice(0, 3);
  if (spatial.length <= 3) return spatial;
  throw new SentinodeError(
    'volume-dimensions',
    `The file has ${spatial.length} axes in space; a volume has three.`,
    {
      field: 'space directions',
    },
  );
}

function readDirections(header: NrrdHeader, dimension: number): (Vector3 | undefined)[] | undefined {
  const text = header.fields.get('space directions');
  if (text === undefined) return undefined;
  const items = text.match(/\([^)]*\)|\S+/g) ?? [];
  if (items.length !== dimension)
    throw invalidField(`${items.length} vectors are given for ${dimension} axes.`, 'space directions');
  return items.map((item) => (/^none$/i.test(item) ? undefined : vector(item, 'space directions')));
}

function fromDirections(
  header: NrrdHeader,
  spatial: readonly number[],
  directions: readonly (Vector3 | undefined)[],
): Placement {
  const signs = spaceSigns(header);
  const columns = spatial.map((axis) => directions[axis]!);
  if (columns.length === 2) columns.push(sliceNormal(columns[0]!, columns[1]!));
  const steps = [0, 1, 2].flatMap((row) => columns.map((column) => signed(column[row]!, signs[row]!)));
  const written = header.fields.get('space origin');
  const origin = written === undefined ? ([0, 0, 0] as const) : vector(written, 'space origin');
  return {
    steps,
    origin: [signed(origin[0], signs[0]), signed(origin[1], signs[1]), signed(origin[2], signs[2])],
  };
}

function fromSpacings(header: NrrdHeader, spatial: readonly number[]): Placement {
  const text = header.fields.get('spacings');
  const all = text === undefined ? undefined : text.split(/\s+/).map((mm) => parseNumber(mm) ?? Number.NaN);
  const [x, y, z] = [0, 1, 2].map((at) => (at < spatial.length ? (all?.[spatial[at]!] ?? 1) : 1));
  return { steps: [x!, 0, 0, 0, y!, 0, 0, 0, z!], origin: [0, 0, 0] };
}

function spaceSigns(header: NrrdHeader): Vector3 {
  const space = header.fields.get('space');
  if (space === undefined) return [1, 1, 1];
  const signs = spaces.get(space.toLowerCase().replace(/-time$|(?<=^[a-z]{3})t$/, ''));
  if (signs !== undefined) return signs;
  throw new SentinodeError(
    'volume-geometry',
    `The space "${space}" does not say where the patient's left is. Convert the volume to left-posterior-superior.`,
    { field: 'space' },
  );
}

function checkUnits(header: NrrdHeader): void {
  const units = header.fields.get('space units')?.match(/"[^"]*"/g) ?? [];
  const other = units.find((unit) => !/^"(?:|mm|millimet(?:er|re)s?|\?+)"$/i.test(unit));
  if (other === undefined) return;
  throw new SentinodeError(
    'volume-geometry',
    `The space is measured in ${other}, not in millimetres. Convert the volume.`,
    {
      field: 'space units',
    },
  );
}

/** One millimetre across a single slice. */
function sliceNormal(a: Vector3, b: Vector3): Vector3 {
  const normal: Vector3 = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const length = Math.sqrt(normal[0] ** 2 + normal[1] ** 2 + normal[2] ** 2);
  return [normal[0] / length, normal[1] / length, normal[2] / length];
}

function signed(value: number, sign: number): number {
  return value === 0 ? 0 : value * sign;
}

function numbers(text: string, field: string): number[] {
  const values = text.split(/\s+/).map((item) => parseNumber(item) ?? Number.NaN);
  if (values.some(Number.isNaN)) throw invalidField(`"${text}" is no list of numbers.`, field);
  return values;
}

/** `(x,y,z)`, or `(x,y)` of a picture; the fourth part of a space with time is left out. */
function vector(text: string, field: string): Vector3 {
  const parts = /^\((.*)\)$/
    .exec(text)?.[1]
    ?.split(',')
    .map((part) => parseNumber(part) ?? Number.NaN);
  if (parts === undefined || parts.length < 2 || parts.slice(0, 3).some(Number.isNaN)) {
    throw invalidField(`"${text}" is no vector of two or three numbers.`, field);
  }
  return [parts[0]!, parts[1]!, parts[2] ?? 0];
}
