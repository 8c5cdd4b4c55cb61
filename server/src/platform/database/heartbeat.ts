import { setImmediate as turn } from 'node:timers/promises';
import { pause } from '../time/wait.ts';
import type { DatabaseClient } from './client.ts';
import type { Connection } from './connection.ts';
import { openClient } from './session.ts';

/** Tells within a second whether the database answers, whatever other connections are waiting for. */
export interface Heartbeat {
  isUp(): boolean;
  /** Reports that the database has just answered on some connection: a database that is slow under load is not away. */
  heard(): void;
  /** Registers a callback for when the database has been silent for too long, to give up what waits for its answer. */
  onSilence(giveUp: () => void): void;
  close(): Promise<void>;
}

/**
 * Silence is counted in ticks during which this process could have read an answer, so that a process that was busy
 * itself does not blame the database.
 */
const TICK_MS = 100;
/** Ticks of silence after which new work is refused: within a second, even if ticks take half as long again. */
const LATE_TICKS = 6;
/** Ticks of silence after which pending work is given up, so that its callers know within two seconds. */
const SILENT_TICKS = 11;
/** Ticks of silence after which a failed beat is believed at once. */
const QUIET_TICKS = 2;

/** Watches the database over a connection of its own, on which nothing else is sent. */
export async function startHeartbeat(connection: Connection): Promise<Heartbeat> {
  const closing = new AbortController();
  const listeners: (() => void)[] = [];
  let silence = 0;
  let client: DatabaseClient | undefined = await connect(connection);
  let beating: Promise<void> | undefined;

  const beat = async (): Promise<void> => {
    try {
      client ??= await connect(connection);
      await client.query('select');
      silence = 0;
    } catch {
      client?.abandon();
      client = undefined;
      if (silence >= QUIET_TICKS) silence = Math.max(silence, LATE_TICKS);
    }
    beating = undefined;
  };
  const ticking = (async () => {
    while (!closing.signal.aborted) {
      beating ??= beat();
      await pause(TICK_MS, closing.signal);
      // A busy process fires a late timer before it reads data that arrived long ago: let it read first.
      await turn();
      await turn();
      silence += 1;
      if (silence !== SILENT_TICKS) continue;
      client?.abandon();
      for (const giveUp of listeners) giveUp();
    }
  })();

  return {
    isUp: () => silence < LATE_TICKS,
    heard: () => {
      silence = 0;
    },
    onSilence: (giveUp) => void listeners.push(giveUp),
    async close() {
      closing.abort();
      await ticking;
      await beating;
      await client?.end().catch(() => {});
    },
  };
}

const connect = (connection: Connection) =>
  openClient(connection, { name: 'leadwell heartbeat' }, { query_timeout: SILENT_TICKS * TICK_MS });
