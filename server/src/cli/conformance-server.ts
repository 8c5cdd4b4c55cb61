import { dropDatabase, makeDatabase } from '../backup/database-store.ts';
import type { Config } from '../config.ts';
import type { Connection } from '../platform/database/connection.ts';
import { migrate } from '../platform/database/migrate.ts';
import { startCluster } from '../platform/postgres/cluster.ts';
import { startServer } from '../serve.ts';
import type { Bench } from './conformance-run.ts';

/** Where servers are started that live for one scenario each. */
export interface Stage {
  /** A new server on a free port, with its first workspace and that one's tokens. */
  openBench(): Promise<Bench>;
  close(): Promise<void>;
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const [TEMPLATE, SCENARIO] = ['conformance_template', 'conformance_scenario'];

/** Starts a cluster in `dataDir`; every bench gets a database of its own in it. */
export async function openStage(config: Config): Promise<Stage> {
  const cluster = await startCluster({ dataDir: config.dataDir });
  const { superuser, owner } = cluster;
  try {
    await makeDatabase(superuser, TEMPLATE);
    await migrate({ ...owner, database: TEMPLATE });
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  const http = { ...config.http, host: '127.0.0.1', port: 0, publicUrl: null };
  const databaseUrl = urlOf({ ...superuser, database: SCENARIO });
  return {
    async openBench() {
      await makeDatabase(superuser, SCENARIO, TEMPLATE);
      const server = await startServer({ ...config, http, databaseUrl, logLevel: 'silent' }, silent);
      const leave = async () => {
        await server.stop();
        await dropDatabase(superuser, SCENARIO);
      };
      return { base: new URL(server.url), tokens: Object.fromEntries(server.first?.tokens ?? []), leave };
    },
    close: () => cluster.stop(),
  };
}

function urlOf({ user = '', password = '', database = '', host = '', port }: Connection): string {
  const query = new URLSearchParams({ host, port: String(port) });
  return `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@/${database}?${query}`;
}
