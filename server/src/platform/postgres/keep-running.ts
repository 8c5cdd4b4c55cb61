import { DatabaseClient } from '../database/client.ts';
import { LOCKS } from '../database/connection.ts';
import { isUnavailable } from '../database/database-errors.ts';
import { poll } from '../time/wait.ts';
import type { ClusterContext, Running } from './start-stop.ts';
import { ensureRunning, stopServer } from './start-stop.ts';

/** This process's claim on the running cluster. */
export interface ClusterClaim {
  /** Gives up the claim; the last process to do so stops the server. */
  release(): Promise<void>;
}

/** Present in pg 8.23, but missing from its type declarations. */
type Referable = DatabaseClient & { ref(): void; unref(): void };

interface ClaimState {
  client: Referable | null;
  stopping: boolean;
  restoring: Promise<void> | null;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

/**
 * Holds a shared lock for as long as this process uses the cluster, so that a command that ends does not stop the
 * server for others. When the connection is lost because the server crashed or was killed, starts it again.
 */
export async function keepRunning(context: ClusterContext): Promise<Running & { claim: ClusterClaim }> {
  const hold: ClaimState = { client: null, stopping: false, restoring: null };
  const deadline = Date.now() + context.limit;
  for (;;) {
    const running = await ensureRunning(context);
    try {
      hold.client = await connectClaim(context, () => onConnectionLost(context, hold));
      return { ...running, claim: { release: () => release(context, hold) } };
    } catch (error) {
      // Another process stopped the server just now, unaware of us: start it ourselves.
      if (!isUnavailable(error) || Date.now() > deadline) throw error;
    }
  }
}

async function connectClaim(context: ClusterContext, onLost: () => void): Promise<Referable> {
  const client = new DatabaseClient({
    ...context.superuser,
    application_name: 'leadwell claim',
    connectionTimeoutMillis: 5000,
    query_timeout: 5000,
    keepAlive: true,
  }) as Referable;
  let held = false;
  client.on('end', () => {
    if (held) onLost();
  });
  try {
    await client.connect();
    // Waits if the server is being stopped at this moment; this connection then ends with an error.
    await client.query('select pg_advisory_lock_shared($1)', [LOCKS.use]);
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  held = true;
  // Lets a process with nothing else to do exit.
  client.unref();
  return client;
}

function onConnectionLost(context: ClusterContext, hold: ClaimState): void {
  hold.client = null;
  if (hold.stopping || hold.restoring) return;
  context.log.warn('The connection to the database was lost; restoring it.');
  hold.restoring = restore(context, hold).finally(() => {
    hold.restoring = null;
  });
}

async function restore(context: ClusterContext, hold: ClaimState): Promise<void> {
  const stopping = () => hold.stopping;
  for (let wait = FIRST_RETRY_MS; !hold.stopping; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
    try {
      await ensureRunning(context, stopping);
      hold.client = await connectClaim(context, () => onConnectionLost(context, hold));
      context.log.info('The database runs again.');
      return;
    } catch (error) {
      context.log.warn(`The database is still unavailable: ${error instanceof Error ? error.message : String(error)}`);
      await poll(() => (hold.stopping ? true : undefined), wait, 100);
    }
  }
}

async function release(context: ClusterContext, hold: ClaimState): Promise<void> {
  if (hold.stopping) return;
  hold.stopping = true;
  await hold.restoring;
  const client = hold.client;
  if (!client) return;
  client.ref();
  try {
    if (await isLast(client)) await stopServer(context);
    else context.log.info('The database keeps running: another Leadwell process is using it.');
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    context.log.warn('The database does not answer; it was not stopped.');
  } finally {
    await client.end().catch(() => {});
  }
}

/** Takes the lock exclusively if no other process shares it. */
async function isLast(client: DatabaseClient): Promise<boolean> {
  await client.query('select pg_advisory_unlock_shared($1)', [LOCKS.use]);
  const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [LOCKS.use]);
  return rows[0]?.last === true;
}
