import { defineConfig } from 'vitest/config';

const browser = 'server/test/browser/**/*.test.ts';
/** Counts calls of a library, which must not be loaded before. */
const alone = 'server/test/guessing.test.ts';

export default defineConfig({
  test: {
    // Starts a real PostgreSQL for each project's run; test files clone their own database from its template.
    globalSetup: ['server/test/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000, interval: 100 } },
    projects: [
      {
        extends: true,
        // Modules are loaded once for each worker, not for each file: loading them takes longer than most tests.
        test: {
          name: 'server',
          isolate: false,
          include: ['server/**/*.test.ts', 'web/src/**/*.test.ts'],
          exclude: [browser, alone],
        },
      },
      { extends: true, test: { name: 'alone', include: [alone] } },
      // A browser on a busy machine may miss a beat once; what fails twice is a fault. The second try is reported.
      { extends: true, test: { name: 'browser', isolate: false, include: [browser], retry: 1 } },
    ],
  },
});
