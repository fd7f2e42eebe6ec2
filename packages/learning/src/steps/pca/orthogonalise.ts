import { symmetricEigen } from '@sentinode/core';
import { gramOf } from '../../linear-algebra/gram.ts';
import { dot } from '../../linear-algebra/inner-products.ts';
import { product } from '../../linear-algebra/product.ts';

/** Sweeps end when no pair's cosine is above this. */
const ORTHOGONAL = 1e-14;
const MAX_SWEEPS = 30;

/** Vectors turned among themselves until they are orthogonal, longest first. */
export interface Orthogonalised {
  /** The turned vectors. */
  readonly images: readonly Float64Array[];
  /** Their lengths: the singular values of the matrix of the vectors. */
  readonly lengths: readonly number[];
  /** Coefficients of the vectors given, one row of length 1 per image. */
  readonly turns: readonly Float64Array[];
}

/**
 * Singular value decomposition of a matrix given by its vectors. Eigenvectors of their products turn them nearly
 * orthogonal; products square the rounding, so one-sided Jacobi rotations (Hestenes 1958) finish. Short vectors are
 * then as exact as rounding of the longest allows, as with LAPACK.
 * @param negligible vectors shorter than this share of the longest are rounding and are left as they are
 */
export function orthogonalise(vectors: readonly Float64Array[], negligible: number): Orthogonalised {
  const m = vectors.length;
  const length = vectors[0]?.length ?? 0;
  const turns = symmetricEigen(gramOf(vectors), m).vectors;
  const images = product(turns, vectors, length);
  const squares = Float64Array.from(images, (image) => dot(image, image));
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    const floor = Math.max(...squares) * negligible * negligible;
    let worst = 0;
    // a pair that is orthogonal when the sweep begins is left to the next one
    const products = gramOf(images);
    const isOrthogonal = (a: number, b: number): boolean =>
      Math.abs(products[a * m + b]!) <= ORTHOGONAL * Math.sqrt(squares[a]! * squares[b]!);
    for (let a = 0; a < m; a++) {
      for (let b = a + 1; b < m; b++) {
        if (squares[a]! <= floor || squares[b]! <= floor || isOrthogonal(a, b)) continue;
        const inner = dot(images[a]!, images[b]!);
        const cosine = Math.abs(inner) / Math.sqrt(squares[a]! * squares[b]!);
        if (cosine <= ORTHOGONAL) continue;
        worst = Math.max(worst, cosine);
        const zeta = (squares[b]! - squares[a]!) / (2 * inner);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const c = 1 / Math.sqrt(1 + tangent * tangent);
        rotate(images[a]!, images[b]!, c, c * tangent);
        rotate(turns[a]!, turns[b]!, c, c * tangent);
        squares[a] = dot(images[a]!, images[a]!);
        squares[b] = dot(images[b]!, images[b]!);
      }
    }
    if (worst === 0) break;
  }
  const order = Array.from(squares.keys()).sort((a, b) => squares[b]! - squares[a]! || a - b);
  return {
    images: order.map((k) => images[k]!),
    lengths: order.map((k) => Math.sqrt(squares[k]!)),
    turns: order.map((k) => turns[k]!),
  };
}

function rotate(x: Float64Array, y: Float64Array, c: number, s: number): void {
  for (let i = 0; i < x.length; i++) {
    const held = x[i]!;
    x[i] = c * held - s * y[i]!;
    y[i] = s * held + c * y[i]!;
  }
}
