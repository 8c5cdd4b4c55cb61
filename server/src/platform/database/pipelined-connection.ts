import { Client } from 'pg';
import type { Connection } from './connection.ts';
import { sessionLimits } from './session-limits.ts';
import type { OnCommitted, Tx, Work } from './transaction.ts';
import { checkWorkspace, transact } from './transaction.ts';
import { valueTypes } from './value-types.ts';

/** One connection of its own for gathered work: no pool to wait for, no waiting between the statements sent. */
export interface PipelinedConnection {
  /**
   * Runs `fn` in one transaction confined to a workspace. BEGIN goes out together with the first query of `fn`, COMMIT
   * together with `last`, its last one, which `fn` has sent but not awaited.
   * Calls are carried out one after the other. Rejects as `Database.tx` does; the next call reconnects if needed.
   */
  run<T>(workspaceId: string, fn: (tx: Tx) => Promise<Work<T>>): Promise<T>;
  /** Waits for what is running, then closes. */
  close(): Promise<void>;
}

interface PipelinedConnectionOptions {
  name?: string;
  statementTimeout?: number;
  /** Told after each commit of a transaction that left notes. */
  onCommitted?: OnCommitted;
}

interface Wire {
  readonly client: Client;
  broken: boolean;
}

/** Opens a lane; it connects with its first work, and again after a failure. */
export function openPipelinedConnection(
  connection: Connection,
  options: PipelinedConnectionOptions = {},
): PipelinedConnection {
  let wire: Wire | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const turn = async <T>(workspaceId: string, fn: (tx: Tx) => Promise<Work<T>>): Promise<T> => {
    if (closed) throw new Error('Client was closed and is not queryable');
    if (wire?.broken) await drop(wire);
    if (!wire || wire.broken) wire = await connect(connection, options);
    const outcome = await transact(wire.client, workspaceId, fn);
    if (outcome.ok) {
      if (outcome.notes.length > 0) options.onCommitted?.(workspaceId, outcome.notes);
      return outcome.value;
    }
    if (!outcome.reusable) await drop(wire);
    throw outcome.error;
  };

  return {
    async run(workspaceId, fn) {
      checkWorkspace(workspaceId);
      const result = last.then(() => turn(workspaceId, fn));
      last = result.catch(() => {});
      return await result;
    },
    async close() {
      await last;
      closed = true;
      if (wire) await drop(wire);
      wire = null;
    },
  };
}

async function connect(connection: Connection, options: PipelinedConnectionOptions): Promise<Wire> {
  const client = new Client({
    ...connection,
    ...sessionLimits(options.statementTimeout),
    // Its few statements are prepared once; planning them anew each time costs more than a plan that knows the values saves.
    options: [connection.options, '-c plan_cache_mode=force_generic_plan'].filter(Boolean).join(' '),
    application_name: options.name ?? 'leadwell lane',
    types: valueTypes,
    pipeline: true,
  });
  const wire: Wire = { client, broken: false };
  const mark = () => {
    wire.broken = true;
  };
  client.on('error', mark);
  client.on('end', mark);
  try {
    await client.connect();
  } catch (error) {
    await drop(wire);
    throw error;
  }
  return wire;
}

async function drop(wire: Wire): Promise<void> {
  wire.broken = true;
  await wire.client.end().catch(() => {});
}
