import { type Client, type ClientConfig, Pool } from 'pg';
import { DatabaseClient } from './client.ts';
import type { Connection } from './connection.ts';
import { databaseAway } from './database-errors.ts';
import type { Heartbeat } from './heartbeat.ts';
import { prepareSession, reach, type SessionOptions } from './session.ts';

/** Options for a pool; times in ms. */
export interface PoolOptions {
  /** Maximum connections; 8 by default. */
  readonly size?: number;
  readonly statementTimeout?: number;
  readonly lockTimeout?: number;
  /** Shown in pg_stat_activity. */
  readonly name?: string;
  /** Refuses work while the database does not answer, and gives up pending work if the silence lasts. */
  readonly heartbeat?: Heartbeat | undefined;
  /** For tools run as the owner: skips the check that the role is subject to row-level security. */
  readonly asOwner?: boolean;
}

/**
 * Opens a pool whose clients connect to the current host, are prepared and checked before their first use, and are cut
 * when the database falls silent, so that callers learn at once that it is away.
 */
export function openPool(connection: Connection, options: PoolOptions): Pool {
  const { statementTimeout, lockTimeout, asOwner, heartbeat } = options;
  const session: SessionOptions = { name: options.name ?? 'leadwell', statementTimeout, lockTimeout, asOwner };
  const clients = new Set<PoolMember>();
  heartbeat?.onSilence(() => {
    for (const client of clients) client.abandon();
  });

  class PoolMember extends DatabaseClient {
    readonly #url = connection.hosts?.current;

    constructor(config?: string | ClientConfig) {
      super({ ...(config as ClientConfig), ...reach(connection, session) });
      clients.add(this);
      this.once('end', () => clients.delete(this));
    }

    override connect(): Promise<Client>;
    override connect(done: (error: Error | null) => void): void;
    override connect(done?: (error: Error | null) => void): Promise<Client> | undefined {
      const connected = this.#connectAndPrepare();
      if (!done) return connected;
      connected.then(() => done(null), done);
      return undefined;
    }

    async #connectAndPrepare(): Promise<Client> {
      // Waiting callers learn now that the database is away, not after another failed attempt to connect.
      if (heartbeat?.isUp() === false) {
        clients.delete(this);
        throw databaseAway();
      }
      try {
        await super.connect();
        await prepareSession(this, connection, session);
        if (heartbeat) this.onAnswer(heartbeat.heard);
      } catch (error) {
        clients.delete(this);
        if (this.#url !== undefined) connection.hosts?.moveOn(this.#url);
        this.abandon();
        throw error;
      }
      return this;
    }
  }

  return new Pool({
    ...reach(connection, session),
    max: options.size ?? 8,
    idleTimeoutMillis: 60_000,
    pipeline: true,
    Client: PoolMember,
  });
}
