import type { Vector3 } from '@sentinode/volume';
import type { Region } from '../features/feature-class.ts';
import type { LevelVolume } from '../kernels/level-volume.ts';
import type { MeasurementSettings } from '../parameters/settings.ts';

/** Grey values and levels of one image inside a box; level 0 does not take part. */
export interface MeasuredBox {
  readonly size: Vector3;
  readonly values: ArrayLike<number>;
  /** Level of each voxel, from 1, among those occupied in the whole region. */
  readonly levels: Uint16Array;
  /** Bin number of each level; index 0 is unused. */
  readonly binOf: Float64Array;
  readonly highest: number;
  readonly spacing: Vector3;
  readonly settings: MeasurementSettings;
}

/**
 * The neighbourhood of each voxel as a small region of its own: bins are those of the whole region, everything else is
 * counted inside the neighbourhood only. The arrays of the last region are used again by the next.
 */
export class KernelRegions {
  readonly #box: MeasuredBox;
  readonly #radius: Vector3;
  readonly #size: Vector3;
  readonly #strides: Vector3;
  readonly #border: number;
  readonly #levels: Uint16Array;
  readonly #voxels: Int32Array;
  readonly #values: Float64Array;
  readonly #found: Uint16Array;
  readonly #mask = new Uint8Array(0);
  #count = 0;

  /** @param radius voxels along x, y, z; 0 keeps a neighbourhood in the plane across that axis */
  constructor(box: MeasuredBox, radius: Vector3) {
    this.#box = box;
    this.#radius = radius;
    const [nx, ny, nz] = [2 * radius[0] + 1, 2 * radius[1] + 1, 2 * radius[2] + 1];
    this.#size = [nx, ny, nz];
    this.#border = Math.max(1, Math.min(Math.max(...box.settings.distances), Math.max(nx, ny, nz) - 1));
    const both = 2 * this.#border;
    this.#strides = [1, nx + both, (nx + both) * (ny + both)];
    this.#levels = new Uint16Array(this.#strides[2] * (nz + both));
    this.#voxels = new Int32Array(nx * ny * nz);
    this.#values = new Float64Array(nx * ny * nz);
    this.#found = new Uint16Array(nx * ny * nz);
  }

  /** The region round the voxel at (x, y, z) of the box. */
  at(x: number, y: number, z: number): Region {
    this.#gather(x, y, z);
    const { binOf, highest, spacing, settings } = this.#box;
    const voxels = this.#voxels.subarray(0, this.#count);
    const own = this.#ownLevels();
    const bins = new Float64Array(own.length + 1);
    for (let k = 0; k < own.length; k++) bins[k + 1] = binOf[own[k]!]!;
    for (let v = 0; v < voxels.length; v++) {
      const position = voxels[v]!;
      this.#levels[position] = rank(own, this.#levels[position]!) + 1;
    }
    const volume: LevelVolume = {
      size: this.#size,
      strides: this.#strides,
      border: this.#border,
      levels: this.#levels,
      voxels,
      binOf: bins,
      count: own.length,
      highest,
      levelsOfRegion: binOf.length - 1,
    };
    const values = this.#values.subarray(0, this.#count);
    return { values, volume, mask: this.#mask, size: this.#size, spacing, settings, neighbourhood: true };
  }

  #gather(x: number, y: number, z: number): void {
    const { size, values, levels } = this.#box;
    const [rx, ry, rz] = this.#radius;
    const border = this.#border;
    for (let v = 0; v < this.#count; v++) this.#levels[this.#voxels[v]!] = 0;
    let count = 0;
    for (let dz = Math.max(-rz, -z); dz <= Math.min(rz, size[2] - 1 - z); dz++) {
      for (let dy = Math.max(-ry, -y); dy <= Math.min(ry, size[1] - 1 - y); dy++) {
        const from = x + size[0] * (y + dy + size[1] * (z + dz));
        const into =
          (dz + rz + border) * this.#strides[2] + (dy + ry + border) * this.#strides[1] + rx + border;
        for (let dx = Math.max(-rx, -x); dx <= Math.min(rx, size[0] - 1 - x); dx++) {
          const level = levels[from + dx]!;
          if (level === 0) continue;
          this.#levels[into + dx] = level;
          this.#voxels[count] = into + dx;
          this.#found[count] = level;
          this.#values[count++] = values[from + dx]!;
        }
      }
    }
    this.#count = count;
  }

  /** Levels of the region that occur in the neighbourhood, ascending. */
  #ownLevels(): Uint16Array {
    const all = this.#found.subarray(0, this.#count).sort();
    let distinct = 0;
    for (let k = 0; k < all.length; k++) if (k === 0 || all[k] !== all[k - 1]) all[distinct++] = all[k]!;
    return all.subarray(0, distinct);
  }
}

/** Position of a value in an ascending array that holds it. */
function rank(ascending: Uint16Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
