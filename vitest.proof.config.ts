import { defineConfig } from 'vitest/config';

/** What takes longer than a test may: `npm run proof`. */
export default defineConfig({
  test: {
    include: ['test/proof/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
