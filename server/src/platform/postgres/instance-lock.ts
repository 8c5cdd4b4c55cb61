import { DatabaseClient } from '../database/client.ts';
import type { Connection } from '../database/connection.ts';
import { LOCKS } from '../database/connection.ts';
import { isOperatorError, operatorError } from '../operator-error.ts';
import type { PlainLog } from '../plain-log.ts';
import { silentLog } from '../plain-log.ts';
import { pause, poll } from '../time/wait.ts';

/** Proof that this process is the only server on its data folder. */
export interface Instance {
  release(): Promise<void>;
}

/** Options for `holdInstance`. */
export interface InstanceOptions {
  readonly dataDir: string;
  readonly log?: PlainLog;
  /** Called once if another server took the lock while the connection was lost: this one must stop. */
  readonly onLost?: () => void;
}

/** The connection of a killed predecessor may linger for a moment. */
const LOCK_TIMEOUT_MS = 3000;

/** Makes this process the only server on the data folder, or throws an operator error because another one runs. */
export async function holdInstance(connection: Connection, options: InstanceOptions): Promise<Instance> {
  const state = { released: false, client: null as DatabaseClient | null };
  const hold = async (): Promise<void> => {
    state.client = await connectAndLock(connection, () => {
      if (!state.released) void regain();
    });
    if (!state.client) throw alreadyRuns(options.dataDir);
  };
  const regain = async (): Promise<void> => {
    while (!state.released) {
      try {
        await hold();
        if (state.released) await state.client?.end();
        return;
      } catch (error) {
        if (isOperatorError(error)) {
          (options.log ?? silentLog).warn(error.message);
          options.onLost?.();
          return;
        }
        await pause(500);
      }
    }
  };
  await hold();
  return {
    async release() {
      state.released = true;
      await state.client?.end().catch(() => {});
    },
  };
}

function alreadyRuns(dataDir: string): Error {
  return operatorError(
    `Another Leadwell already runs on this data folder (DATA_DIR=${dataDir}). ` +
      'Stop it first, or start this one with another DATA_DIR and PORT.',
  );
}

async function connectAndLock(connection: Connection, onEnd: () => void): Promise<DatabaseClient | null> {
  const client = new DatabaseClient({
    ...connection,
    application_name: 'leadwell instance',
    connectionTimeoutMillis: 5000,
    query_timeout: 5000,
    keepAlive: true,
  });
  try {
    await client.connect();
    const held = await poll(async () => ((await tryLock(client)) ? true : undefined), LOCK_TIMEOUT_MS, 100);
    if (held) {
      client.on('end', onEnd);
      return client;
    }
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  await client.end();
  return null;
}

async function tryLock(client: DatabaseClient): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCKS.instance]);
  return rows[0]?.held === true;
}
