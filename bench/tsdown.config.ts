import { defineConfig } from 'tsdown';

/** Programs that are run by hand; they import packages by name, as the command does. */
export default defineConfig({
  entry: {
    'deep-speed': './deep-speed.ts',
    'effect-none': './effect-none.ts',
    'voxel-maps': './voxel-maps.ts',
    'reference-study': './reference-study/compare.ts',
    'reference-study-parts': './reference-study/by-part.ts',
    ours: './reference-study/ours.ts',
    extraction: './extraction/compare.ts',
    'whole-process': './extraction/whole-process.ts',
    'extraction-once': './extraction/once.ts',
  },
  outDir: './dist',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: false,
  clean: true,
  outExtensions: () => ({ js: '.js' }),
  deps: { alwaysBundle: [/^@sentinode\//], neverBundle: [/^(?!@sentinode\/|[./]|[A-Za-z]:).+/] },
  logLevel: 'warn',
});
