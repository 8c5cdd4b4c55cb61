import { pause } from '../time/wait.ts';
import type { DatabaseClient } from './client.ts';
import type { Connection } from './connection.ts';
import { openClient } from './session.ts';

/** Knows within a second whether the database answers, whatever its connections are waiting for. */
export interface Heartbeat {
  isUp(): boolean;
  /** Calls back when the database has been silent for too long: what waits for its answer is given up. */
  onSilence(giveUp: () => void): void;
  close(): Promise<void>;
}

const INTERVAL_MS = 100;
/** Without an answer for so long, new work is refused. Interval and this stay below a second together. */
const LATE_MS = 800;
/** Without an answer for so long, work on its way is given up, so that its callers hear of it within two seconds. */
const SILENT_MS = 1500;

/** Watches the database by a connection of its own, on which nothing else is sent. */
export async function startHeartbeat(connection: Connection): Promise<Heartbeat> {
  const closing = new AbortController();
  const listeners: (() => void)[] = [];
  let up = true;
  let client: DatabaseClient | undefined = await connect(connection);

  const reach = async (): Promise<void> => {
    if (client) await client.query('select');
    else client = await connect(connection);
  };
  const beat = async (): Promise<void> => {
    const answer = reach().then(
      () => true,
      () => false,
    );
    const inTime = await Promise.race([answer, passed(LATE_MS)]);
    if (inTime !== undefined) up = inTime;
    else {
      up = false;
      const late = await Promise.race([answer, passed(SILENT_MS - LATE_MS)]);
      if (late !== true) for (const giveUp of listeners) giveUp();
      // Settles by its own time limit; only then is another beat sent.
      up = await answer;
    }
    if (up) return;
    client?.abandon();
    client = undefined;
  };
  const beating = (async () => {
    while (!closing.signal.aborted) {
      await beat();
      await pause(INTERVAL_MS, closing.signal);
    }
  })();

  return {
    isUp: () => up,
    onSilence: (giveUp) => void listeners.push(giveUp),
    async close() {
      closing.abort();
      await beating;
      await client?.end().catch(() => {});
    },
  };
}

const connect = (connection: Connection) =>
  openClient(connection, { name: 'leadwell heartbeat' }, { query_timeout: SILENT_MS });

/** Resolves when so many ms have passed in which this process could also have read an answer. */
async function passed(milliseconds: number): Promise<undefined> {
  await pause(milliseconds);
  // A busy process fires a late timer before it reads what has long arrived: let it read first.
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  return undefined;
}
