/** An array of numpy (.npy, version 1) of float32, float64 or uint8, little-endian, C order. */
export function readNpy(bytes: Uint8Array): { shape: number[]; values: Float64Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const start = 10 + view.getUint16(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(10, start));
  const shape = /\(([^)]*)\)/
    .exec(header)![1]!
    .split(',')
    .filter((text) => text.trim() !== '')
    .map(Number);
  const count = shape.reduce((product, size) => product * size, 1);
  const read = header.includes('f8')
    ? (at: number) => view.getFloat64(start + 8 * at, true)
    : header.includes('f4')
      ? (at: number) => view.getFloat32(start + 4 * at, true)
      : (at: number) => view.getUint8(start + at);
  return { shape, values: Float64Array.from({ length: count }, (_, at) => read(at)) };
}
