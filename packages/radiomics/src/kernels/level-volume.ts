/**
 * Grey levels of a region in its bounding box with a border of background around it, so that no neighbour lies
 * outside the array. A level is the position (from 1) of its bin among the occupied bins; 0 is background.
 */
export interface LevelVolume {
  /** Voxels of the box along x, y, z, without the border. */
  readonly size: readonly [number, number, number];
  /** Steps to the next voxel along x, y, z in the padded array. */
  readonly strides: readonly [number, number, number];
  /** Voxels of background on each side. */
  readonly border: number;
  readonly levels: Uint16Array;
  /** Positions of the region's voxels in the padded array, x fastest. */
  readonly voxels: Int32Array;
  /** Bin number of each level; index 0 is unused. */
  readonly binOf: Float64Array;
  /** Number of occupied levels. */
  readonly count: number;
  /** Highest bin number. */
  readonly highest: number;
  /** Occupied levels of the whole region; more than `count` in a neighbourhood of feature maps. */
  readonly levelsOfRegion: number;
}

/** Where a region's voxels lie; shared by all image types of a case. */
export interface RegionShape {
  readonly size: readonly [number, number, number];
  readonly strides: readonly [number, number, number];
  readonly border: number;
  readonly voxels: Int32Array;
  /** Positions in the unpadded box, in the same order. */
  readonly inBox: Int32Array;
  readonly paddedLength: number;
}

/**
 * @param mask 1 inside, of the box's size
 * @param distance longest step to a neighbour that will be asked for
 */
export function regionShape(
  mask: Uint8Array,
  size: readonly [number, number, number],
  distance = 1,
): RegionShape {
  const [nx, ny, nz] = size;
  const border = Math.max(1, Math.min(distance, Math.max(nx, ny, nz) - 1));
  const strides: [number, number, number] = [1, nx + 2 * border, (nx + 2 * border) * (ny + 2 * border)];
  const voxels: number[] = [];
  const inBox: number[] = [];
  let at = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const row = (z + border) * strides[2] + (y + border) * strides[1] + border;
      for (let x = 0; x < nx; x++, at++) {
        if (mask[at] === 0) continue;
        voxels.push(row + x);
        inBox.push(at);
      }
    }
  }
  return {
    size,
    strides,
    border,
    voxels: Int32Array.from(voxels),
    inBox: Int32Array.from(inBox),
    paddedLength: strides[2] * (nz + 2 * border),
  };
}

/** Level volume of bins given in the order of the region's voxels. */
export function levelVolume(shape: RegionShape, bins: Uint16Array, highest: number): LevelVolume {
  const occupied = new Uint8Array(highest + 1);
  for (const bin of bins) occupied[bin] = 1;
  const levelOf = new Uint16Array(highest + 1);
  const binOf: number[] = [0];
  for (let bin = 1; bin <= highest; bin++) {
    if (occupied[bin] === 0) continue;
    levelOf[bin] = binOf.length;
    binOf.push(bin);
  }
  const levels = new Uint16Array(shape.paddedLength);
  shape.voxels.forEach((position, i) => {
    levels[position] = levelOf[bins[i]!]!;
  });
  return {
    size: shape.size,
    strides: shape.strides,
    border: shape.border,
    levels,
    voxels: shape.voxels,
    binOf: Float64Array.from(binOf),
    count: binOf.length - 1,
    highest,
    levelsOfRegion: binOf.length - 1,
  };
}
