import { Client } from 'pg';
import { LOCKS } from '../database/connection.ts';
import { isUnavailable } from '../database/database-errors.ts';
import { poll } from '../time/wait.ts';
import type { ClusterContext, Running } from './start-stop.ts';
import { ensureRunning, stopServer } from './start-stop.ts';

/** Keeps the cluster running for this process, until it is let go. */
export interface Keeper {
  /** Lets go; the last process that does so stops the server. */
  letGo(): Promise<void>;
}

/** Present in pg 8.23, missing in its type declarations. */
type Referable = Client & { ref(): void; unref(): void };

interface Hold {
  client: Referable | null;
  stopping: boolean;
  restoring: Promise<void> | null;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

/**
 * Holds a shared lock for as long as this process uses the cluster, so that a command that ends does not stop the
 * server under another one. When the connection is lost (the server crashed or was killed) it starts it again.
 */
export async function keepRunning(context: ClusterContext): Promise<Running & { keeper: Keeper }> {
  const hold: Hold = { client: null, stopping: false, restoring: null };
  const deadline = Date.now() + context.limit;
  for (;;) {
    const running = await ensureRunning(context);
    try {
      hold.client = await takeShare(context, () => lost(context, hold));
      return { ...running, keeper: { letGo: () => letGo(context, hold) } };
    } catch (error) {
      // Another process stopped the server just now, not knowing of us: start it ourselves.
      if (!isUnavailable(error) || Date.now() > deadline) throw error;
    }
  }
}

async function takeShare(context: ClusterContext, onLost: () => void): Promise<Referable> {
  const client = new Client({
    ...context.superuser,
    application_name: 'leadwell keeper',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  }) as Referable;
  let held = false;
  client.on('error', () => {});
  client.on('end', () => {
    if (held) onLost();
  });
  try {
    await client.connect();
    // Waits if somebody is stopping the server at this moment; the stop then ends this connection with an error.
    await client.query('select pg_advisory_lock_shared($1)', [LOCKS.use]);
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  held = true;
  // A process that has nothing else to do may end.
  client.unref();
  return client;
}

function lost(context: ClusterContext, hold: Hold): void {
  hold.client = null;
  if (hold.stopping || hold.restoring) return;
  context.log.warn('The connection to the database was lost; restoring it.');
  hold.restoring = restore(context, hold).finally(() => {
    hold.restoring = null;
  });
}

async function restore(context: ClusterContext, hold: Hold): Promise<void> {
  const stopping = () => hold.stopping;
  for (let wait = FIRST_RETRY_MS; !hold.stopping; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
    try {
      await ensureRunning(context, stopping);
      hold.client = await takeShare(context, () => lost(context, hold));
      context.log.info('The database runs again.');
      return;
    } catch (error) {
      context.log.warn(`The database is still away: ${error instanceof Error ? error.message : String(error)}`);
      await poll(() => (hold.stopping ? true : undefined), wait, 100);
    }
  }
}

async function letGo(context: ClusterContext, hold: Hold): Promise<void> {
  if (hold.stopping) return;
  hold.stopping = true;
  await hold.restoring;
  const client = hold.client;
  if (!client) return;
  client.ref();
  try {
    if (await isLast(client)) await stopServer(context);
    else context.log.info('The database goes on running: another Leadwell process uses it.');
  } finally {
    await client.end().catch(() => {});
  }
}

/** Becomes the only holder of the lock, or learns that others hold it too. */
async function isLast(client: Client): Promise<boolean> {
  await client.query('select pg_advisory_unlock_shared($1)', [LOCKS.use]);
  const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [LOCKS.use]);
  return rows[0]?.last === true;
}
