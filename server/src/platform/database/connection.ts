import type { ConnectionOptions } from 'node:tls';

/** How to reach one database as one role; handed to `pg` as it is. Either `connectionString` or host/user/... */
export interface Connection {
  readonly connectionString?: string;
  /** A host name, or the folder of the unix socket. */
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly ssl?: boolean | ConnectionOptions;
  /** Start-up options, e.g. `-c role=leadwell_app`. */
  readonly options?: string;
}

/** The role that owns every table and runs the migrations. */
export const OWNER_ROLE = 'leadwell_owner';
/** The role all requests run as: no owner, no superuser, subject to row-level security. */
export const APP_ROLE = 'leadwell_app';

/** Keys of the advisory locks, kept in one place so that no two purposes share one. */
export const LOCKS = {
  /** Exclusive, database `leadwell`: the one server of this data folder. */
  instance: 7_213_350_001,
  /** Shared by every process that uses the embedded cluster; exclusive by the one that stops it. */
  use: 7_213_350_002,
  /** Creation of roles and of the database. */
  bootstrap: 7_213_350_003,
  /** Migrations. */
  migrate: 7_213_350_004,
} as const;
