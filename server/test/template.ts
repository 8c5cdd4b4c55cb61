import type { Connection } from '../src/platform/database/connection.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connections to the test run's cluster. */
    testCluster: { superuser: Connection; owner: Connection; app: Connection };
  }
}

/** The migrated, empty database that `testDatabase` clones. */
export const TEMPLATE = 'leadwell_template';
