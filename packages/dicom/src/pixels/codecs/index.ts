import type { PixelLayout } from '../layout.ts';
import type { PixelCodec } from './codec.ts';

/** Every codec; adding one is one file and one line here. They are loaded when a file needs them. */
const codecs: readonly {
  readonly syntaxes: readonly string[];
  readonly load: () => Promise<PixelCodec>;
}[] = [
  { syntaxes: ['1.2.840.10008.1.2.5'], load: async () => (await import('./rle.ts')).rle },
  {
    syntaxes: ['1.2.840.10008.1.2.4.57', '1.2.840.10008.1.2.4.70'],
    load: async () => (await import('./jpeg-lossless.ts')).jpegLossless,
  },
  {
    syntaxes: ['1.2.840.10008.1.2.4.80', '1.2.840.10008.1.2.4.81'],
    load: async () => (await import('./jpeg-ls.ts')).jpegLs,
  },
  {
    syntaxes: ['1.2.840.10008.1.2.4.90', '1.2.840.10008.1.2.4.91'],
    load: async () => (await import('./jpeg-2000.ts')).jpeg2000,
  },
  {
    syntaxes: ['1.2.840.10008.1.2.4.201', '1.2.840.10008.1.2.4.202', '1.2.840.10008.1.2.4.203'],
    load: async () => (await import('./high-throughput-jpeg-2000.ts')).highThroughputJpeg2000,
  },
  {
    syntaxes: ['1.2.840.10008.1.2.4.50'],
    load: async () => (await import('./jpeg-baseline.ts')).jpegBaseline,
  },
];

type Decode = (bytes: Uint8Array, layout: PixelLayout) => Uint8Array;

/** Decoders that are ready; starting one compiles its program. */
const ready = new Map<string, Promise<{ readonly name: string; readonly decode: Decode }>>();

/** The decoder of a transfer syntax, started once. */
export function decoderOf(syntax: string): Promise<{ readonly name: string; readonly decode: Decode }> {
  const known = ready.get(syntax);
  if (known !== undefined) return known;
  const starting = start(syntax);
  ready.set(syntax, starting);
  return starting;
}

/** Gives up a decoder that failed: its memory may be in disorder. The next file starts a new one. */
export function discardDecoder(syntax: string): void {
  ready.delete(syntax);
}

async function start(syntax: string): Promise<{ name: string; decode: Decode }> {
  const codec = await codecs.find(({ syntaxes }) => syntaxes.includes(syntax))!.load();
  return { name: codec.name, decode: await codec.open() };
}
