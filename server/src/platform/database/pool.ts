import { Client, type ClientConfig, Pool } from 'pg';
import type { Connection } from './connection.ts';
import type { DatabaseOptions } from './database.ts';
import { abandon, prepareSession, reach, type SessionOptions } from './session.ts';

/**
 * Opens a pool whose clients go to the host of the moment, are prepared and checked before their first use, and are cut
 * when the database falls silent: whoever waits for one of them is then told that it is away.
 */
export function openPool(connection: Connection, options: DatabaseOptions): Pool {
  const { statementTimeout, asOwner, heartbeat } = options;
  const session: SessionOptions = { name: options.name ?? 'leadwell', statementTimeout, asOwner };
  const clients = new Set<PoolMember>();
  heartbeat?.onSilence(() => {
    for (const client of clients) abandon(client);
  });

  class PoolMember extends Client {
    readonly #url = connection.hosts?.current;

    constructor(config?: string | ClientConfig) {
      super({ ...(config as ClientConfig), ...reach(connection, session) });
      clients.add(this);
      // The pool watches only idle clients: unwatched, one that breaks at work would end the process.
      this.on('error', () => {});
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
      try {
        await super.connect();
        await prepareSession(this, connection, session);
      } catch (error) {
        clients.delete(this);
        if (this.#url !== undefined) connection.hosts?.moveOn(this.#url);
        abandon(this);
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
