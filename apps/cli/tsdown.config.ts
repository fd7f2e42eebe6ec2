import { defineConfig } from 'tsdown';

/** One bundle of our own packages per thread entry; everything from the registry stays a dependency. */
export default defineConfig({
  entry: {
    main: './src/main.ts',
    worker: './src/adapters/worker-pool/worker.ts',
    network: './src/adapters/inference-session/network-process.ts',
  },
  outDir: './dist',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: false,
  clean: true,
  sourcemap: false,
  outExtensions: () => ({ js: '.js' }),
  deps: { alwaysBundle: [/^@sentinode\//], neverBundle: [/^(?!@sentinode\/|[./]|[A-Za-z]:).+/] },
  logLevel: 'warn',
});
