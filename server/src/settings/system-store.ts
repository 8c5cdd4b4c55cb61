import type { Tx } from '../platform/database/transaction.ts';

/** Facts about the server for administrators. */
export interface SystemFacts {
  version: string;
  startedAt: Date;
  /** Whether the embedded PostgreSQL is used. */
  isEmbedded: boolean;
  /** `value` is null if only the operator of the server may see it. */
  settings: readonly { name: string; value: string | null; about: string; from_environment: boolean }[];
}

/** Facts about the database. */
export interface DatabaseFacts {
  version: string;
  bytes: number;
}

export async function databaseFacts(tx: Tx): Promise<DatabaseFacts> {
  const [row] = await tx.query<DatabaseFacts>(
    "SELECT current_setting('server_version') AS version, pg_database_size(current_database())::float8 AS bytes",
  );
  return row as DatabaseFacts;
}

/** Numbers of the workspace's jobs that are waiting, that are running, and that have failed since the given time. */
export async function jobFacts(tx: Tx, since: Date): Promise<{ waiting: number; running: number; failed: number }> {
  const [row] = await tx.query<{ waiting: number; running: number; failed: number }>(
    `SELECT count(*) FILTER (WHERE state = 'queued')::int AS waiting,
       count(*) FILTER (WHERE state = 'running')::int AS running,
       count(*) FILTER (WHERE state = 'failed' AND updated_at >= $2)::int AS failed
     FROM jobs WHERE workspace_id = $1`,
    [tx.workspaceId, since],
  );
  return row ?? { waiting: 0, running: 0, failed: 0 };
}
