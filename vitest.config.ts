import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/proof/**'],
    pool: 'forks',
    testTimeout: 20_000,
  },
});
