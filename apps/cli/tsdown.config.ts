import { defineConfig } from 'tsdown';

/** One bundle of our own packages per thread entry; everything from the registry stays a dependency. */
export default defineConfig({
  entry: { main: 'apps/cli/src/main.ts', worker: 'apps/cli/src/adapters/worker-pool/worker.ts' },
  outDir: 'apps/cli/dist',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: false,
  clean: true,
  sourcemap: false,
  outExtensions: () => ({ js: '.js' }),
  noExternal: [/^@sentinode\//],
  external: [/^(?!@sentinode\/|[./]).+/],
  logLevel: 'warn',
});
