import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/proof/**'],
    pool: 'forks',
    // All cores: much of it waits for processes and sockets.
    maxWorkers: '100%',
    // Against what hangs: properties and large clusters take long where machines are busy.
    testTimeout: 90_000,
  },
});
