import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/proof/**'],
    pool: 'forks',
    // All cores: much of it waits for processes and sockets.
    maxWorkers: '100%',
    testTimeout: 20_000,
  },
});
