import { jobSlots } from './jobs/job-kinds.ts';
import type { Connection } from './platform/database/connection.ts';
import { openDatabase } from './platform/database/database.ts';
import { startHeartbeat } from './platform/database/heartbeat.ts';
import { openPipelinedConnection } from './platform/database/pipelined-connection.ts';
import type { OnCommitted } from './platform/database/transaction.ts';
import type { PlainLog } from './platform/plain-log.ts';
import { openReading, type ReadReplica, readingFrom } from './platform/read-replica.ts';

/**
 * Connections for batched commits, the last of which a single workspace never takes. They wait only briefly for locks.
 */
const BATCH_CONNECTIONS = 3;
const BATCH_LOCK_TIMEOUT = 300;
const REQUESTS = { size: 8, perWorkspace: 5 };
const WORKERS = { size: 2, name: 'leadwell workers', statementTimeout: 60_000, lockTimeout: 2000 };
/** One connection for each slot of the lanes, and one for claiming jobs. */
const JOBS_POOL = { size: jobSlots + 1, name: 'leadwell jobs' };
const SENDERS = { size: 3, name: 'leadwell webhooks', statementTimeout: 20_000, lockTimeout: 2000 };

/**
 * Opens all connections to the database: for requests, background work, batched commits, and the heartbeat
 * that watches over them.
 */
export async function openConnections(
  app: Connection,
  {
    log,
    onCommitted,
    connections,
    replica,
  }: { log: PlainLog; onCommitted: OnCommitted; connections?: number; replica?: ReadReplica | undefined },
) {
  const heartbeat = await startHeartbeat(app);
  const shared = { log, heartbeat, onCommitted };
  const database = await openDatabase(app, { ...REQUESTS, ...shared });
  return {
    heartbeat,
    pools: [
      database,
      await openDatabase(app, { ...WORKERS, ...shared }),
      await openDatabase(app, { ...WORKERS, ...JOBS_POOL, ...shared }),
      await openDatabase(app, { ...SENDERS, ...shared }),
    ] as const,
    reading: replica ? openReading(database, replica, log) : readingFrom(database),
    connections: Array.from({ length: connections ?? BATCH_CONNECTIONS }, () =>
      openPipelinedConnection(app, { heartbeat, onCommitted, lockTimeout: BATCH_LOCK_TIMEOUT }),
    ),
  };
}
