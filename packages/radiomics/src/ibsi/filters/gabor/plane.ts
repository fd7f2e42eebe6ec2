import { cos, exp, sin } from '@sentinode/core';
import { type Complex, fastLength, fourier } from '../../../kernels/fourier/fourier.ts';
import type { IbsiImage } from '../../ibsi-image.ts';
import { boundaryIndex } from '../convolve.ts';
import type { Boundary, Pooling } from '../options.ts';

/** Axes of a plane's rows and columns, and the one across. */
export interface Plane {
  readonly rows: 0 | 1 | 2;
  readonly columns: 0 | 1 | 2;
  readonly slices: 0 | 1 | 2;
}

interface GaborOptions {
  readonly sigma: number;
  readonly lambda: number;
  readonly gamma: number;
  readonly boundary: Boundary;
  readonly pooling: Pooling;
}

/** Half width of the kernel in standard deviations of its longer side. */
const TRUNCATION = 4;

/** Half width of the kernel in voxels. */
export function gaborReach({ sigma, gamma }: Pick<GaborOptions, 'sigma' | 'gamma'>, spacing: number): number {
  return Math.ceil((TRUNCATION * Math.max(sigma, sigma / gamma)) / spacing);
}

/** Directions of one turn; opposite ones have the same modulus on a real image and are computed once. */
export function anglesOf(theta: number, step: number | null): { theta: number; weight: number }[] {
  const count = step === null ? 1 : Math.max(1, Math.floor(360 / step + 1e-9));
  const found: { theta: number; weight: number }[] = [];
  for (let k = 0; k < count; k++) {
    const turned = theta + k * (step ?? 0);
    const half = turned - 180 * Math.floor(turned / 180 + 1e-12);
    const same = found.find((other) => Math.abs(other.theta - half) < 1e-9);
    if (same === undefined) found.push({ theta: half, weight: 1 });
    else same.weight++;
  }
  return found;
}

/** Adds the moduli of all slices and angles to `pooled`, or keeps the larger. */
export function addPlaneResponses(
  pooled: Float64Array,
  { values, size, spacing }: IbsiImage,
  plane: Plane,
  angles: readonly { readonly theta: number; readonly weight: number }[],
  options: GaborOptions,
): void {
  const [rows, columns, slices] = [size[plane.rows], size[plane.columns], size[plane.slices]];
  const steps = [1, size[0], size[0] * size[1]] as const;
  const inPlane = Math.max(spacing[plane.rows], spacing[plane.columns]);
  const half = gaborReach(options, inPlane);
  const [width, height] = [fastLength(columns + 2 * half), fastLength(rows + 2 * half)];
  const kernels = angles.map(({ theta }) => kernelSpectrum(options, inPlane, theta, half, width, height));
  const rowOf = Int32Array.from({ length: rows + 2 * half }, (_, r) =>
    boundaryIndex(r - half, rows, options.boundary),
  );
  const columnOf = Int32Array.from({ length: columns + 2 * half }, (_, c) =>
    boundaryIndex(c - half, columns, options.boundary),
  );
  const spectrum = { re: new Float64Array(width * height), im: new Float64Array(width * height) };
  const product = { re: new Float64Array(width * height), im: new Float64Array(width * height) };
  for (let slice = 0; slice < slices; slice++) {
    const start = slice * steps[plane.slices];
    spectrum.re.fill(0);
    spectrum.im.fill(0);
    for (let r = 0; r < rowOf.length; r++) {
      if (rowOf[r]! < 0) continue;
      const line = start + rowOf[r]! * steps[plane.rows];
      for (let c = 0; c < columnOf.length; c++)
        if (columnOf[c]! >= 0)
          spectrum.re[r * width + c] = values[line + columnOf[c]! * steps[plane.columns]]!;
    }
    fourier(spectrum, [width, height, 1], 'forward');
    kernels.forEach((kernel, angle) => {
      multiply(spectrum, kernel, product);
      fourier(product, [width, height, 1], 'inverse');
      const { weight } = angles[angle]!;
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) {
          const at = (r + half) * width + c + half;
          const [re, im] = [product.re[at]!, product.im[at]!];
          const modulus = Math.sqrt(re * re + im * im);
          const target = start + r * steps[plane.rows] + c * steps[plane.columns];
          if (options.pooling === 'mean') pooled[target]! += weight * modulus;
          else pooled[target] = Math.max(pooled[target]!, modulus);
        }
      }
    });
  }
}

function multiply(a: Complex, b: Complex, out: Complex): void {
  for (let k = 0; k < a.re.length; k++) {
    out.re[k] = a.re[k]! * b.re[k]! - a.im[k]! * b.im[k]!;
    out.im[k] = a.re[k]! * b.im[k]! + a.im[k]! * b.re[k]!;
  }
}

/** exp(-(x'^2 + gamma^2 y'^2) / (2 sigma^2)) exp(2 pi i x' / lambda), centred on index 0 and transformed. */
function kernelSpectrum(
  options: GaborOptions,
  spacing: number,
  theta: number,
  half: number,
  width: number,
  height: number,
): Complex {
  const [sigma, lambda] = [options.sigma / spacing, options.lambda / spacing];
  const radians = (theta * Math.PI) / 180;
  const [c, s] = [cos(radians), sin(radians)];
  const kernel = { re: new Float64Array(width * height), im: new Float64Array(width * height) };
  for (let y = -half; y <= half; y++) {
    for (let x = -half; x <= half; x++) {
      const along = x * c + y * s;
      const across = options.gamma * (-x * s + y * c);
      const envelope = exp(-(along * along + across * across) / (2 * sigma * sigma));
      const at = ((y + height) % height) * width + ((x + width) % width);
      kernel.re[at] = envelope * cos((2 * Math.PI * along) / lambda);
      kernel.im[at] = envelope * sin((2 * Math.PI * along) / lambda);
    }
  }
  fourier(kernel, [width, height, 1], 'forward');
  return kernel;
}
