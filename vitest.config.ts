import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['server/**/*.test.ts', 'web/src/**/*.test.ts'],
    // Starts one real PostgreSQL for the whole run; test files clone their own database from its template.
    globalSetup: ['server/test/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A browser on a busy machine may miss a beat once; what fails twice is a fault. The second try is reported.
    retry: 1,
    expect: { poll: { timeout: 10_000, interval: 100 } },
  },
});
