import { gunzipSync } from 'node:zlib';

/** Components of a vector NRRD of doubles (4-D, components fastest, gzip), one array each, and its grid. */
export function readVectorNrrd(bytes: Uint8Array): {
  readonly size: readonly number[];
  readonly origin: readonly number[];
  readonly components: readonly Float64Array[];
} {
  const end = Buffer.from(bytes).indexOf('\n\n');
  const header = new TextDecoder().decode(bytes.subarray(0, end));
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(header)![1]!;
  const [count, ...size] = field('sizes').split(' ').map(Number);
  const data = gunzipSync(bytes.subarray(end + 2));
  const values = new Float64Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
  const voxels = values.length / count!;
  const components = Array.from({ length: count! }, (_, c) =>
    Float64Array.from({ length: voxels }, (_, at) => values[at * count! + c]!),
  );
  const origin = field('space origin').slice(1, -1).split(',').map(Number);
  return { size, origin, components };
}
