import type { Connection } from './database/connection.ts';
import { type Database, openDatabase } from './database/database.ts';
import { hasCode } from './database/database-errors.ts';
import { type Heartbeat, startHeartbeat } from './database/heartbeat.ts';
import { Freshness } from './freshness.ts';
import type { PlainLog } from './plain-log.ts';
import { pause } from './time/wait.ts';

/** A standby that reports and exports may be read from. */
export interface ReadReplica {
  connection: Connection;
  /** How old its data may be at most, in ms. */
  staleAfter: number;
  /** Rejects with an operator error if the connection goes through a pooler that Leadwell cannot work with. */
  check(): Promise<void>;
}

/** Where reports and exports are read: the standby while it is fresh, else the server that takes writes. */
export interface Reading {
  /** Like `Database.tx`, for functions that only read: if the standby fails, they run again on the primary. */
  tx: Database['tx'];
  /** Whether the next transaction goes to the standby. */
  fromStandby(): boolean;
  close(): Promise<void>;
}

const LOOK_MS = 500;
const POOL = { size: 4, perWorkspace: 3, name: 'leadwell reports' };

/** Reads from the primary alone. */
export const readingFrom = ({ tx }: Pick<Database, 'tx'>): Reading => ({
  tx,
  fromStandby: () => false,
  close: async () => {},
});

/**
 * Reads from the standby and keeps watching it; while it is away, behind or not a standby of this primary,
 * reads go to the primary.
 */
export function openReading(primary: Database, replica: ReadReplica, log: PlainLog): Reading {
  const closing = new AbortController();
  const freshness = new Freshness(replica.staleAfter);
  let open: OpenStandby | undefined;
  let said: string | undefined;
  const say = (state: string, tell: (text: string) => void) => {
    if (said !== state) tell(state);
    said = state;
  };
  const isFresh = () => open?.heartbeat.isUp() === true && freshness.isFresh(performance.now());

  const look = async () => {
    open ??= await openStandby(replica, log);
    await compare(primary, open.database, freshness);
    if (isFresh()) say('Reports are read from the standby.', log.info);
    else say('Reports are read from the primary: the standby is too far behind.', log.warn);
  };
  const watching = (async () => {
    while (!closing.signal.aborted) {
      await look().catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : 'unknown';
        if (!isFresh()) say(`Reports are read from the primary: the standby cannot be used. ${reason}`, log.warn);
      });
      await pause(LOOK_MS, closing.signal);
    }
  })();

  return {
    fromStandby: isFresh,
    async tx(workspaceId, fn, options) {
      if (open && isFresh()) {
        try {
          return await open.database.tx(workspaceId, fn, options);
        } catch (error) {
          // A statement that is too slow there is too slow here too; other errors may concern only the standby.
          if (hasCode(error, '57014')) throw error;
        }
      }
      return await primary.tx(workspaceId, fn, options);
    },
    async close() {
      closing.abort();
      await watching;
      await open?.database.close();
      await open?.heartbeat.close();
    },
  };
}

/**
 * Measures how long it takes for commits on the primary to show on the standby, in ms; null if that is longer than
 * `staleAfter`. Rejects if the standby cannot be used at all.
 */
export async function measureLag(
  primary: Database,
  { connection, check, staleAfter }: ReadReplica,
): Promise<number | null> {
  await check();
  const standby = await openDatabase(connection, { size: 1, name: 'leadwell command' });
  try {
    const began = performance.now();
    const freshness = new Freshness(staleAfter);
    while (performance.now() - began < staleAfter) {
      await compare(primary, standby, freshness);
      if (freshness.isFresh(performance.now())) return performance.now() - began;
      await pause(LOOK_MS / 5);
    }
    return null;
  } finally {
    await standby.close();
  }
}

interface OpenStandby {
  database: Database;
  heartbeat: Heartbeat;
}

async function openStandby({ connection, check }: ReadReplica, log: PlainLog): Promise<OpenStandby> {
  await check();
  const heartbeat = await startHeartbeat(connection);
  try {
    return { heartbeat, database: await openDatabase(connection, { ...POOL, heartbeat, log }) };
  } catch (error) {
    await heartbeat.close();
    throw error;
  }
}

interface Place {
  /** Identifies the database and its cluster; the same on a standby as on its primary. */
  identity: string;
  /** How far its log has been written or replayed, in bytes. */
  position: string;
}

/** Compares and records the positions of both; rejects if the standby follows another server. */
async function compare(primary: Database, standby: Database, freshness: Freshness): Promise<void> {
  // The standby first: if its earlier position is ahead of the primary's later one, it follows another server.
  const there = await placeOf(standby, 'pg_last_wal_replay_lsn()');
  const at = performance.now();
  const here = await placeOf(primary, 'pg_current_wal_flush_lsn()');
  if (there.identity !== here.identity || BigInt(there.position) > BigInt(here.position)) {
    freshness.forget();
    throw new Error('It does not follow the primary of DATABASE_URL.');
  }
  freshness.note(at, { primary: BigInt(here.position), standby: BigInt(there.position) });
}

async function placeOf(database: Database, position: string): Promise<Place> {
  const [place] = await database.global((tx) =>
    tx.query<Place>(
      `select (${position} - '0/0')::text as position, current_database() || ' ' || system_identifier as identity
         from pg_control_system()`,
    ),
  );
  if (!place) throw new Error('It does not report its position.');
  return place;
}
