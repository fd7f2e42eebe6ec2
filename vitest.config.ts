import { defineConfig } from 'vitest/config';

/**
 * Lanes: `fast` (every `*.test.ts`) and `slow` (`*.slow.test.ts`: whole studies, packed installs, many seeds).
 * CI runs both, and the suites that compare with references a second time over plain TypeScript (`plain`), as the
 * compiled loops run in the others. `npm run test:fast` is for the working loop.
 */
export default defineConfig({
  test: {
    globalSetup: ['./apps/cli/src/testing/build.ts'],
    projects: [
      {
        test: {
          name: 'fast',
          include: [
            'packages/**/*.test.ts',
            'apps/**/*.test.ts',
            'reference/**/*.test.ts',
            'examples/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.slow.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'plain',
          setupFiles: ['./packages/core/src/testing/plain.ts'],
          include: [
            'packages/radiomics/src/{extractor,voxel}/**/*.test.ts',
            'packages/radiomics/src/ibsi/{digital-phantom,filters/response-maps}.test.ts',
            'packages/volume/src/resample/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.slow.test.ts', '**/compiled-*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'slow',
          include: ['packages/**/*.slow.test.ts', 'apps/**/*.slow.test.ts', 'examples/**/*.slow.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
