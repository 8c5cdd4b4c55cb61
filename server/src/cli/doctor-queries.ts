import type { Tx } from '../platform/database/transaction.ts';

/** Facts about the database and its settings. */
export interface DatabaseFacts {
  database: string;
  encoding: string;
  /** `b` builtin, `i` ICU, `c` the system's C library. */
  collation_provider: string;
  collation: string;
  data_checksums: string;
  fsync: string;
  full_page_writes: string;
  synchronous_commit: string;
}

export async function readFacts(owner: Tx): Promise<DatabaseFacts | undefined> {
  const [facts] = await owner.query<DatabaseFacts>(
    // The collation columns have different names in different versions of PostgreSQL.
    `SELECT d.datname AS database, pg_encoding_to_char(d.encoding) AS encoding, d.datlocprovider AS collation_provider,
       coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', d.datcollate) AS collation,
       current_setting('data_checksums') AS data_checksums, current_setting('fsync') AS fsync,
       current_setting('full_page_writes') AS full_page_writes, current_setting('synchronous_commit') AS synchronous_commit
     FROM pg_database d WHERE d.datname = current_database()`,
  );
  return facts;
}

/** What PostgreSQL reports about our connection and about its standbys. */
export interface LinkFacts {
  /** The client's port as the server sees it; null on a Unix socket. */
  client_port: number | null;
  /** Number of standbys that are currently receiving changes. */
  standbys: number;
  /** Whether a commit is acknowledged only after a standby has received it. */
  synchronous: boolean;
}

export async function readLink(tx: Tx): Promise<LinkFacts | undefined> {
  const [facts] = await tx.query<LinkFacts>(
    `SELECT inet_client_port() AS client_port, current_setting('synchronous_standby_names') <> '' AS synchronous,
       (SELECT count(*) FROM pg_stat_replication)::int AS standbys`,
  );
  return facts;
}

/** Returns which of the given roles are missing or can bypass row-level security. */
export async function unsafeRoles(owner: Tx, roles: readonly string[]): Promise<string[]> {
  const rows = await owner.query<{ name: string }>(
    `SELECT wanted.name FROM unnest($1::text[]) AS wanted (name) LEFT JOIN pg_roles r ON r.rolname = wanted.name
     WHERE r.rolname IS NULL OR r.rolsuper OR r.rolbypassrls`,
    [roles],
  );
  return rows.map(({ name }) => name);
}

/** Tenant tables on which row-level security is not forced. */
export async function unprotectedTables(owner: Tx): Promise<string[]> {
  const rows = await owner.query<{ name: string }>(
    `SELECT c.relname::text AS name FROM pg_class c
     WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
       AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
       AND (c.relname IN ('workspaces', 'users') OR EXISTS (SELECT FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped))
     ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/**
 * The number of changes waiting to be indexed, and whether requests ended up outside the journal's monthly partitions.
 */
export async function readBacklog(owner: Tx): Promise<{ waiting: number; astray: boolean }> {
  const [row] = await owner.query<{ waiting: number; astray: boolean }>(
    `SELECT (SELECT count(*) FROM index_queue) AS waiting, EXISTS (SELECT FROM submissions_default) AS astray`,
  );
  return row ?? { waiting: 0, astray: false };
}
