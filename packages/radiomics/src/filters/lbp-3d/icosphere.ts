type Vector = readonly [number, number, number];
type Face = readonly [number, number, number];

const SHORT = 0.5257311121191336;
const LONG = 0.85065080835204;

/** Corners of an icosahedron in the order of trimesh, which the additions over them follow. */
const corners: readonly Vector[] = [
  [-SHORT, LONG, 0],
  [SHORT, LONG, 0],
  [-SHORT, -LONG, 0],
  [SHORT, -LONG, 0],
  [0, -SHORT, LONG],
  [0, SHORT, LONG],
  [0, -SHORT, -LONG],
  [0, SHORT, -LONG],
  [LONG, 0, -SHORT],
  [LONG, 0, SHORT],
  [-LONG, 0, -SHORT],
  [-LONG, 0, SHORT],
];

/** The 20 triangles: those pairs of corners are an edge that lie one short edge length apart. */
function triangles(): Face[] {
  const near = (a: number, b: number): boolean =>
    Math.sqrt(corners[a]!.reduce((sum, value, axis) => sum + (value - corners[b]![axis]!) ** 2, 0)) < 1.1;
  const found: Face[] = [];
  for (let a = 0; a < 12; a++)
    for (let b = a + 1; b < 12; b++)
      for (let c = b + 1; c < 12; c++) if (near(a, b) && near(b, c) && near(a, c)) found.push([a, b, c]);
  return found;
}

/** Splits each triangle into four; midpoints follow in the order of their edge's larger, then smaller corner. */
function subdivide(
  vertices: readonly Vector[],
  faces: readonly Face[],
): { vertices: Vector[]; faces: Face[] } {
  const key = (a: number, b: number): number => Math.max(a, b) * vertices.length + Math.min(a, b);
  const edges = new Set(faces.flatMap(([a, b, c]) => [key(a, b), key(b, c), key(c, a)]));
  const ordered = [...edges].sort((a, b) => a - b);
  const position = new Map(ordered.map((edge, k) => [edge, vertices.length + k]));
  const middle = (a: number, b: number): number => position.get(key(a, b))!;
  const middles = ordered.map((edge): Vector => {
    const a = vertices[edge % vertices.length]!;
    const b = vertices[Math.floor(edge / vertices.length)]!;
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
  });
  return {
    vertices: [...vertices, ...middles],
    faces: faces.flatMap(([a, b, c]): Face[] => {
      const [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)];
      return [
        [a, ab, ca],
        [ab, b, bc],
        [ca, bc, c],
        [ab, bc, ca],
      ];
    }),
  };
}

/** Moves vertices onto the sphere as trimesh does: along their direction by what their length lacks. */
function onSphere(vertices: readonly Vector[], radius: number): Vector[] {
  return vertices.map(([x, y, z]): Vector => {
    const length = Math.sqrt(x * x + y * y + z * z);
    const lack = radius - length;
    return [x + (x / length) * lack, y + (y / length) * lack, z + (z / length) * lack];
  });
}

/** Vertices of an icosphere of a radius after a number of subdivisions: 12, 42, 162, ... */
export function icosphere(subdivisions: number, radius: number): readonly Vector[] {
  let mesh: { vertices: Vector[]; faces: Face[] } = {
    vertices: onSphere(corners, radius),
    faces: triangles(),
  };
  if (subdivisions > 0) mesh = { ...mesh, vertices: [...corners] };
  for (let step = 0; step < subdivisions; step++) {
    const finer = subdivide(mesh.vertices, mesh.faces);
    mesh = { vertices: onSphere(finer.vertices, radius), faces: finer.faces };
  }
  return mesh.vertices;
}
