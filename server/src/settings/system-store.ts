import type { Tx } from '../platform/database/transaction.ts';

/** What an administrator may know of the server. */
export interface SystemFacts {
  version: string;
  startedAt: Date;
  /** PostgreSQL runs beside the server, in its own folder. */
  isEmbedded: boolean;
  settings: readonly { name: string; value: string; about: string; from_environment: boolean }[];
}

/** What the database tells of itself. */
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

/** How many of the workspace's jobs wait, run, and failed in the week before. */
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
