import { defineConfig } from 'vitest/config';

/**
 * The tests that mutants of formulas and matrices are run against: documented matrices, contracts, and single files of
 * values of PyRadiomics, over plain TypeScript; whole studies would say little more and take hours.
 */
export default defineConfig({
  test: {
    setupFiles: ['./packages/core/src/testing/plain.ts'],
    include: [
      'packages/radiomics/src/features/**/*.test.ts',
      'packages/radiomics/src/discretise/*.test.ts',
      'packages/radiomics/src/kernels/*.test.ts',
      'packages/radiomics/src/extractor/many-settings.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', '**/invariance.test.ts'],
    testNamePattern:
      /documented matrices|a direction counts|runs are maximal|one matrix|by its definition|co-occurrence matrices|grey levels|sorted order|bucket|feature class|degenerate|(default|asymmetricGLCM)__aniso|default__flat|(default|distances1-2|gldm_a1|asymmetricGLCM|weighting_manhattan|binCount\d*)__twovoxel/,
    testTimeout: 120_000,
  },
});
