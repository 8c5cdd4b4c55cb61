import type { ClientBase, QueryResultRow } from 'pg';
import { escapeLiteral } from 'pg';
import { hasCode, isUnavailable } from './database-errors.ts';

declare const insideTransaction: unique symbol;

/** An open transaction. Only the database hands one out, so a function that asks for it cannot run outside. */
export interface Tx {
  readonly [insideTransaction]: true;
  /** The workspace the transaction is confined to, or null for one without (`db.global`). */
  readonly workspaceId: string | null;
  /** Runs one statement and gives its rows. A `name` prepares it once for each connection: same name, same text. */
  query<Row extends object = Record<string, unknown>>(
    text: string,
    params?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<Row[]>;
  /** As `query`, for statements whose count of affected rows is what matters. */
  execute(text: string, params?: readonly unknown[], options?: QueryOptions): Promise<number>;
  /** Leaves a note for whoever listens to commits: handed over once this transaction is committed, dropped with it. */
  note(subject: string, id?: string): void;
  /** Sets a point to which everything that follows, notes included, can be undone without ending the transaction. */
  savepoint(): Promise<Savepoint>;
}

/** What a transaction changed, in words that mean nothing to the database. */
export interface Note {
  readonly subject: string;
  readonly id?: string | undefined;
}

/** Hears what each committed transaction left, in the order of its notes. It must not throw. */
export type OnCommitted = (workspaceId: string, notes: readonly Note[]) => void;

export interface Savepoint {
  /** Undoes what was done since; the transaction goes on. */
  undo(): Promise<void>;
}

/** `name`: the statement is prepared under it on each connection. */
interface QueryOptions {
  readonly name?: string;
}

/** How a transaction ended. `reusable`: the connection is in step and outside any transaction. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly notes: readonly Note[] }
  | { readonly ok: false; readonly error: unknown; readonly reusable: boolean };

/** What a transaction's function leaves: its result, and a last statement that is sent but not yet answered. */
export interface Work<T> {
  result: T;
  last?: Promise<unknown>;
}

/**
 * Runs `fn` in one transaction on a pipelined connection. BEGIN goes out together with the first query of `fn`,
 * so it costs no round trip; were it to fail, so would everything after it. Never rejects.
 */
export async function transact<T>(
  client: ClientBase,
  workspaceId: string | null,
  fn: (tx: Tx) => Promise<Work<T>>,
  settings: Readonly<Record<string, string>> = {},
): Promise<Outcome<T>> {
  const begun = errorOf(client.query(opening(workspaceId, settings)));
  const { tx, notes, close } = makeTx(client, workspaceId);
  try {
    const { result, last } = await fn(tx);
    close();
    const ended = last && errorOf(last);
    const committed = client.query('commit');
    const failed = (await begun) ?? (ended ? await ended : null);
    const { command } = await committed;
    if (failed !== null) throw failed;
    checkCommitted(command);
    return { ok: true, value: result, notes };
  } catch (caught) {
    close();
    const error = (await begun) ?? caught;
    return { ok: false, error, reusable: !spoils(error) && (await errorOf(client.query('rollback'))) === null };
  }
}

function makeTx(client: ClientBase, workspaceId: string | null): { tx: Tx; notes: readonly Note[]; close(): void } {
  let open = true;
  let savepoints = 0;
  const notes: Note[] = [];
  const send = async (text: string, params?: readonly unknown[], options?: QueryOptions) => {
    if (!open) throw new Error('This transaction has ended: a query was sent after its function returned.');
    return client.query<QueryResultRow>({ text, values: params as unknown[] | undefined, name: options?.name });
  };
  const tx = {
    workspaceId,
    query: async (text: string, params?: readonly unknown[], options?: QueryOptions) =>
      (await send(text, params, options)).rows,
    execute: async (text: string, params?: readonly unknown[], options?: QueryOptions) =>
      (await send(text, params, options)).rowCount ?? 0,
    note: (subject: string, id?: string) => void notes.push({ subject, id }),
    savepoint: async () => {
      savepoints += 1;
      const [name, before] = [`point_${savepoints}`, notes.length];
      await send(`SAVEPOINT ${name}`);
      return {
        undo: async () => {
          notes.length = Math.min(notes.length, before);
          await send(`ROLLBACK TO SAVEPOINT ${name}`);
        },
      };
    },
  };
  return {
    tx: tx as unknown as Tx,
    notes,
    close: () => {
      open = false;
    },
  };
}

/** One message: BEGIN and, before anything can be read, the workspace the transaction is confined to. */
function opening(workspaceId: string | null, settings: Readonly<Record<string, string>>): string {
  if (workspaceId === null) return 'begin';
  const all = Object.entries({ 'leadwell.workspace': workspaceId, ...settings });
  return `begin; select ${all.map(([name, value]) => `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`).join(', ')}`;
}

/** A transaction without a workspace must be asked for as such (`db.global`), never happen by an empty variable. */
export function checkWorkspace(workspaceId: string): void {
  if (typeof workspaceId !== 'string' || workspaceId === '') throw new Error('A transaction needs a workspace.');
}

/**
 * COMMIT of a transaction in which a statement had failed answers "ROLLBACK" and no error. Taking that for success
 * would acknowledge what was not stored.
 */
function checkCommitted(command: string | undefined): void {
  if (command !== 'COMMIT') {
    throw new Error('The transaction was rolled back: one of its statements had failed, and its error was swallowed.');
  }
}

/** Errors after which a connection is not used again: it is gone, or what it had prepared no longer holds. */
function spoils(error: unknown): boolean {
  return isUnavailable(error) || hasCode(error, '26000', '0A000');
}

/** The error of a promise, or null: a promise that is awaited later must not count as unhandled meanwhile. */
function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error ?? new Error('Unknown error'),
  );
}
