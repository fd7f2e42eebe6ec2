/** How a transfer syntax writes elements and pixels. */
export interface TransferSyntax {
  readonly uid: string;
  readonly name: string;
  readonly explicit: boolean;
  readonly littleEndian: boolean;
  /** The data set behind the file meta information is a raw deflate stream. */
  readonly deflated: boolean;
  /** Pixel data are fragments that a codec decodes. */
  readonly encapsulated: boolean;
  /** Whether decoding gives other pixels than were encoded. */
  readonly lossy: boolean;
}

const plain = { explicit: true, littleEndian: true, deflated: false, encapsulated: false, lossy: false };
const packed = { ...plain, encapsulated: true };

/** Syntaxes whose pixels can be read. Adding one is one line here and a codec that names it. */
export const transferSyntaxes: readonly TransferSyntax[] = [
  { ...plain, uid: '1.2.840.10008.1.2', name: 'Implicit VR Little Endian', explicit: false },
  { ...plain, uid: '1.2.840.10008.1.2.1', name: 'Explicit VR Little Endian' },
  { ...plain, uid: '1.2.840.10008.1.2.1.99', name: 'Deflated Explicit VR Little Endian', deflated: true },
  { ...plain, uid: '1.2.840.10008.1.2.2', name: 'Explicit VR Big Endian', littleEndian: false },
  { ...packed, uid: '1.2.840.10008.1.2.5', name: 'RLE Lossless' },
  { ...packed, uid: '1.2.840.10008.1.2.4.50', name: 'JPEG Baseline (Process 1)', lossy: true },
  { ...packed, uid: '1.2.840.10008.1.2.4.57', name: 'JPEG Lossless (Process 14)' },
  { ...packed, uid: '1.2.840.10008.1.2.4.70', name: 'JPEG Lossless (Process 14, Selection Value 1)' },
  { ...packed, uid: '1.2.840.10008.1.2.4.80', name: 'JPEG-LS Lossless' },
  { ...packed, uid: '1.2.840.10008.1.2.4.81', name: 'JPEG-LS Near-lossless', lossy: true },
  { ...packed, uid: '1.2.840.10008.1.2.4.90', name: 'JPEG 2000 (Lossless Only)' },
  { ...packed, uid: '1.2.840.10008.1.2.4.91', name: 'JPEG 2000', lossy: true },
  { ...packed, uid: '1.2.840.10008.1.2.4.201', name: 'High-Throughput JPEG 2000 (Lossless Only)' },
  { ...packed, uid: '1.2.840.10008.1.2.4.202', name: 'High-Throughput JPEG 2000 with RPCL (Lossless Only)' },
  { ...packed, uid: '1.2.840.10008.1.2.4.203', name: 'High-Throughput JPEG 2000', lossy: true },
];

export function transferSyntax(uid: string): TransferSyntax | undefined {
  return transferSyntaxes.find((syntax) => syntax.uid === uid);
}
