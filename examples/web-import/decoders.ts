import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

/** The compiled decoders; a page that imports compressed images serves them beside its worker, under these names. */
const programs = [
  '@cornerstonejs/codec-charls/decodewasm',
  '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm',
  '@cornerstonejs/codec-openjpeg/decodewasm',
  '@cornerstonejs/codec-openjph/wasm',
];

/** Puts the decoders beside a worker. */
export function placeDecoders(folder: string): void {
  const { resolve } = createRequire(import.meta.url);
  for (const program of programs) {
    const path = resolve(program);
    copyFileSync(path, join(folder, basename(path)));
  }
}
