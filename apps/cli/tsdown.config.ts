import { defineConfig, type UserConfig } from 'tsdown';

/** One bundle of our own packages per thread entry; everything from the registry stays a dependency. */
const command = {
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
} satisfies UserConfig;

/** The program of `calculator.html`: everything that scoring needs in one script, nothing else. */
const calculator = {
  entry: { calculator: './src/calculator/page.ts' },
  outDir: './dist',
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  dts: false,
  clean: false,
  minify: true,
  sourcemap: false,
  outExtensions: () => ({ js: '.js' }),
  deps: { alwaysBundle: [/.*/] },
  logLevel: 'warn',
} satisfies UserConfig;

export default defineConfig([command, calculator]);
