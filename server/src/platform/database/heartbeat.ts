import { setImmediate as turn } from 'node:timers/promises';
import { pause } from '../time/wait.ts';
import type { DatabaseClient } from './client.ts';
import type { Connection } from './connection.ts';
import { openClient } from './session.ts';

/** Knows within a second whether the database answers, whatever its connections are waiting for. */
export interface Heartbeat {
  isUp(): boolean;
  /** Says that the database has just answered on some connection: one that is slow under load is not away. */
  heard(): void;
  /** Calls back when the database has been silent for too long: what waits for its answer is given up. */
  onSilence(giveUp: () => void): void;
  close(): Promise<void>;
}

/**
 * Silence is counted in ticks in which this process ran and could have read an answer: one that was busy itself does not
 * blame the database.
 */
const TICK_MS = 100;
/** After so much silence new work is refused: within a second, also where ticks are half as long again. */
const LATE_TICKS = 6;
/** After so much silence work on its way is given up, so that its callers hear of it within two seconds. */
const SILENT_TICKS = 11;
/** After so much silence the failure of a beat is believed at once. */
const QUIET_TICKS = 2;

/** Watches the database by a connection of its own, on which nothing else is sent. */
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
      // A busy process fires a late timer before it reads what has long arrived: let it read first.
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
