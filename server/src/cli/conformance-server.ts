import { dropDatabase, makeDatabase } from '../backup/database-store.ts';
import type { Config } from '../config.ts';
import type { Connection } from '../platform/database/connection.ts';
import { migrate } from '../platform/database/migrate.ts';
import { startCluster } from '../platform/postgres/cluster.ts';
import { startServer } from '../serve.ts';
import type { ConformanceTarget } from './run-scenarios.ts';

/** Starts a temporary server for each scenario. */
export interface TargetFactory {
  /** Starts a new server on a free port, with its first workspace and that workspace's tokens. */
  openTarget(): Promise<ConformanceTarget>;
  close(): Promise<void>;
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const [TEMPLATE, SCENARIO] = ['conformance_template', 'conformance_scenario'];

/** Starts a cluster in `dataDir`, in which every server gets its own database. */
export async function openTargetFactory(config: Config): Promise<TargetFactory> {
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
    async openTarget() {
      await makeDatabase(superuser, SCENARIO, TEMPLATE);
      const server = await startServer({ ...config, http, databaseUrl, logLevel: 'silent' }, silent);
      const close = async () => {
        await server.stop();
        await dropDatabase(superuser, SCENARIO);
      };
      return { base: new URL(server.url), tokens: Object.fromEntries(server.first?.tokens ?? []), close };
    },
    close: () => cluster.stop(),
  };
}

function urlOf({ user = '', password = '', database = '', host = '', port }: Connection): string {
  const query = new URLSearchParams({ host, port: String(port) });
  return `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@/${database}?${query}`;
}
