import { SentinodeError } from '@sentinode/core';
import type { ElementType } from '../../volume.ts';
import { elementOfCode } from './data-types.ts';

/** What is needed of a NIfTI header; names as in the standard. */
export interface NiftiHeader {
  readonly version: 1 | 2;
  readonly littleEndian: boolean;
  /** Voxels in a second file (`.img`). */
  readonly detached: boolean;
  /** Length of each axis in use, 1 to 7 of them. */
  readonly sizes: readonly number[];
  readonly elementType: ElementType;
  /** pixdim[0..3]: qfac and the grid spacings. */
  readonly pixdim: readonly number[];
  readonly voxOffset: number;
  readonly slope: number;
  readonly inter: number;
  readonly qformCode: number;
  readonly sformCode: number;
  /** quatern_b, c, d. */
  readonly quaternion: readonly number[];
  /** qoffset_x, y, z. */
  readonly qoffset: readonly number[];
  /** srow_x, y, z: 12 numbers. */
  readonly srow: readonly number[];
  /** Millimetres per unit of length of the header. */
  readonly unit: number;
}

interface Layout {
  readonly headerBytes: number;
  readonly magicAt: number;
  readonly magic: readonly [single: string, pair: string];
  readonly datatype: number;
  readonly dim: number;
  readonly pixdim: number;
  readonly voxOffset: number;
  readonly slope: number;
  readonly units: number;
  readonly qformCode: number;
  readonly sformCode: number;
  readonly quaternion: number;
  readonly srow: number;
}

const layouts: Readonly<Record<1 | 2, Layout>> = {
  1: {
    headerBytes: 348,
    magicAt: 344,
    magic: ['n+1\0', 'ni1\0'],
    datatype: 70,
    dim: 40,
    pixdim: 76,
    voxOffset: 108,
    slope: 112,
    units: 123,
    qformCode: 252,
    sformCode: 254,
    quaternion: 256,
    srow: 280,
  },
  2: {
    headerBytes: 540,
    magicAt: 4,
    magic: ['n+2\0\r\n\x1a\n', 'ni2\0\r\n\x1a\n'],
    datatype: 12,
    dim: 16,
    pixdim: 104,
    voxOffset: 168,
    slope: 176,
    units: 500,
    qformCode: 344,
    sformCode: 348,
    quaternion: 352,
    srow: 400,
  },
};

/** Millimetres per unit by the low three bits of `xyzt_units`; 0 means unknown and is taken as mm. */
const lengthUnits: readonly (number | undefined)[] = [1, 1000, 1, 0.001];

/** Version and byte order from `sizeof_hdr`, or undefined where it is neither header's length. */
export function niftiKind(bytes: Uint8Array): { version: 1 | 2; littleEndian: boolean } | undefined {
  if (bytes.length < 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const littleEndian of [true, false]) {
    const length = view.getInt32(0, littleEndian);
    if (length === 348) return { version: 1, littleEndian };
    if (length === 540) return { version: 2, littleEndian };
  }
  return undefined;
}

/**
 * Reads a header that {@link niftiKind} has recognised.
 * @throws SentinodeError `volume-truncated` where it is cut off, `volume-header` for a field that cannot be
 */
export function readNiftiHeader(bytes: Uint8Array): NiftiHeader {
  const kind = niftiKind(bytes)!;
  const { version, littleEndian } = kind;
  const layout = layouts[version];
  if (bytes.length < layout.headerBytes) {
    throw new SentinodeError(
      'volume-truncated',
      `The file ends inside its header: ${bytes.length} of ${layout.headerBytes} bytes are there. Copy or export it again.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const short = (at: number): number => view.getInt16(at, littleEndian);
  const code = (at: number): number => (version === 1 ? short(at) : view.getInt32(at, littleEndian));
  const real = (at: number, k = 0): number =>
    version === 1 ? view.getFloat32(at + 4 * k, littleEndian) : view.getFloat64(at + 8 * k, littleEndian);
  const reals = (at: number, count: number): number[] => Array.from({ length: count }, (_, k) => real(at, k));
  const long = (at: number): number => Number(view.getBigInt64(at, littleEndian));

  const detached = readMagic(bytes, layout) === layout.magic[1];
  const dim = Array.from({ length: 8 }, (_, k) =>
    version === 1 ? short(layout.dim + 2 * k) : long(layout.dim + 8 * k),
  );
  const voxOffset = version === 1 ? real(layout.voxOffset) : long(layout.voxOffset);
  return {
    version,
    littleEndian,
    detached,
    sizes: readSizes(dim),
    elementType: elementOfCode(short(layout.datatype)),
    pixdim: reals(layout.pixdim, 4),
    voxOffset: checkOffset(voxOffset, detached ? 0 : layout.headerBytes + 4),
    slope: real(layout.slope),
    inter: real(layout.slope, 1),
    qformCode: code(layout.qformCode),
    sformCode: code(layout.sformCode),
    quaternion: reals(layout.quaternion, 3),
    qoffset: [3, 4, 5].map((k) => real(layout.quaternion, k)),
    srow: reals(layout.srow, 12),
    unit: lengthUnits[(version === 1 ? view.getUint8(layout.units) : code(layout.units)) & 7] ?? 1,
  };
}

function readMagic(bytes: Uint8Array, layout: Layout): string {
  const length = layout.magic[0].length;
  const found = String.fromCharCode(...bytes.subarray(layout.magicAt, layout.magicAt + length));
  if (layout.magic.includes(found)) return found;
  throw new SentinodeError(
    'volume-header',
    'The header has the length of a NIfTI header but not its magic word. It is an ANALYZE 7.5 file, which does not say left from right, or it is damaged; convert it to NIfTI.',
    { field: 'magic' },
  );
}

function readSizes(dim: readonly number[]): number[] {
  const count = dim[0]!;
  if (!Number.isInteger(count) || count < 1 || count > 7) {
    throw new SentinodeError(
      'volume-header',
      `The header declares ${count} dimensions; NIfTI has 1 to 7. The header is damaged; export the volume again.`,
      { field: 'dim' },
    );
  }
  return dim.slice(1, count + 1);
}

/** Where the voxels begin. Zero is what some writers leave, and nibabel and ITK take it as right behind the header. */
function checkOffset(offset: number, earliest: number): number {
  if (offset === 0) return earliest;
  if (Number.isSafeInteger(offset) && offset >= earliest) return offset;
  throw new SentinodeError(
    'volume-header',
    `The header says that the voxels begin at byte ${offset}; it must be a whole number from ${earliest}. The header is damaged; export the volume again.`,
    { field: 'vox_offset' },
  );
}
