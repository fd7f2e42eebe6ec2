import { defineConfig } from 'vitest/config';

/**
 * Two lanes: `fast` (every `*.test.ts`) and `slow` (`*.slow.test.ts`: whole studies, packed installs, many seeds).
 * CI runs both; `npm run test:fast` is for the working loop.
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
