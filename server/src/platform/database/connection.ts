import type { ConnectionOptions } from 'node:tls';
import type { Hosts } from './hosts.ts';

/** How to reach a database as one role: `connectionString`, or `hosts`, or host, user and so on. See `reach`. */
export interface Connection {
  readonly connectionString?: string;
  /** A host name, or the folder of the unix socket. */
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly ssl?: boolean | ConnectionOptions;
  /** The user's own start-up options, from DATABASE_URL. */
  readonly options?: string;
  /** The servers to choose from, instead of `connectionString`. */
  readonly hosts?: Hosts;
  /** The role that every session must run as; checked for each session. */
  readonly role?: string;
  /** Requires a standby, which can only be read, rather than the server that takes writes. */
  readonly standby?: boolean;
}

/** The role that owns every table and runs the migrations. */
export const OWNER_ROLE = 'leadwell_owner';
/** The role all requests run as: neither an owner nor a superuser, and subject to row-level security. */
export const APP_ROLE = 'leadwell_app';

/** Advisory lock keys, listed together so that no two purposes share one. */
export const LOCKS = {
  /** Held exclusively by the one server running on a data folder (taken in the database `leadwell`). */
  instance: 7_213_350_001,
  /** Shared by every process that uses the embedded cluster; taken exclusively by the one that stops it. */
  use: 7_213_350_002,
  /** Held while roles and the database are created. */
  bootstrap: 7_213_350_003,
  /** Held while migrations run. */
  migrate: 7_213_350_004,
} as const;
