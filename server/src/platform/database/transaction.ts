import type { Socket } from 'node:net';
import type { ClientBase, QueryResult, QueryResultRow } from 'pg';
import { escapeLiteral } from 'pg';
import { hasCode, isUnavailable } from './database-errors.ts';
import { sendInOneTrip, type TripStatement } from './one-trip.ts';

declare const insideTransaction: unique symbol;

/**
 * An open transaction. Only the database creates one, so a function that takes a `Tx` cannot run outside a transaction.
 */
export interface Tx {
  readonly [insideTransaction]: true;
  /** The workspace the transaction is confined to, or null without one (`db.global`). */
  readonly workspaceId: string | null;
  /** Runs a statement and returns its rows. */
  query<Row extends object = Record<string, unknown>>(
    text: string,
    params?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<Row[]>;
  /** Like `query`, but returns the number of affected rows. */
  execute(text: string, params?: readonly unknown[], options?: QueryOptions): Promise<number>;
  /**
   * Leaves a note for the listener of commits: delivered once this transaction has committed, dropped
   * if it is rolled back.
   */
  note(subject: string, id?: string): void;
  /** Sets a savepoint: everything after it, notes included, can be undone without ending the transaction. */
  savepoint(): Promise<Savepoint>;
}

/** Something that a transaction changed. The database layer does not interpret it. */
export interface Note {
  readonly subject: string;
  readonly id?: string | undefined;
}

/** Receives the notes of each committed transaction, in order. It must not throw. */
export type OnCommitted = (workspaceId: string, notes: readonly Note[]) => void;

export interface Savepoint {
  /** Undoes everything since the savepoint; the transaction continues. */
  undo(): Promise<void>;
}

/**
 * `name` prepares the statement once per connection under that name; the same name must always carry the same text.
 * `prepared` does so under a generated name, for statements composed at run time: planning most of them takes
 * longer than running them. `plannedOnce`: in a read, one plan serves all values, because no value could ask for
 * another; left to itself, PostgreSQL may plan such a look-up anew each time, which takes longer than running it.
 */
interface QueryOptions {
  readonly name?: string;
  readonly prepared?: true;
  readonly plannedOnce?: true;
}

/**
 * Each connection keeps the plans of prepared statements, so only this many texts get a name; the rest run unprepared.
 */
const MOST_NAMED = 300;
const ENDED = 'This transaction has ended: a query was sent after its function returned.';
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMED) return known;
  const name = `composed_${names.size}`;
  names.set(text, name);
  return name;
}

function chosenName(text: string, options: QueryOptions | undefined): string | undefined {
  return options?.prepared ? nameOf(text) : options?.name;
}

type Send = (text: string, params?: readonly unknown[], options?: QueryOptions) => Promise<QueryResult>;

/** The two ways of asking that a `Tx` offers. */
function asking(send: Send) {
  return {
    query: async (...statement: Parameters<Send>) => (await send(...statement)).rows,
    execute: async (...statement: Parameters<Send>) => (await send(...statement)).rowCount ?? 0,
  };
}

/** How a transaction ended. `reusable`: the connection is outside any transaction and may be used again. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly notes: readonly Note[] }
  | { readonly ok: false; readonly error: unknown; readonly reusable: boolean };

/**
 * What the function of a transaction returns: its result, and optionally a last statement sent but not yet answered.
 */
export interface Work<T> {
  result: T;
  last?: Promise<unknown>;
}

/** How a transaction begins. */
export interface Beginning {
  /** Transaction settings by name, such as the member whose rows it may see. */
  readonly settings?: Readonly<Record<string, string>>;
  /** All statements see the database as the first one does (REPEATABLE READ). */
  readonly oneMoment?: boolean;
}

/**
 * Runs `fn` in one transaction on a pipelined connection. BEGIN travels with the first query of `fn`, so it costs no
 * round trip; if it failed, everything after it would fail too. Never rejects.
 */
export async function transact<T>(
  client: ClientBase,
  workspaceId: string | null,
  fn: (tx: Tx) => Promise<Work<T>>,
  beginning: Beginning = {},
): Promise<Outcome<T>> {
  sendTogether(client);
  const begun = errorOf(client.query(beginStatement(workspaceId, beginning)));
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
    return {
      ok: false,
      error,
      reusable: !breaksConnection(error) && (await errorOf(client.query('rollback'))) === null,
    };
  }
}

/**
 * Runs `fn`, which only reads. Statements that it sends in one turn of the event loop travel together and are a
 * transaction of their own, confined to the workspace like any other; the next ones see what was committed meanwhile.
 * Never rejects.
 */
export async function look<T>(
  client: ClientBase,
  workspaceId: string,
  fn: (tx: Tx) => Promise<T>,
  settings: Readonly<Record<string, string>> = {},
): Promise<Outcome<T>> {
  const nobody = () => {};
  const all = { 'leadwell.workspace': workspaceId, transaction_read_only: 'on', ...settings };
  let open = true;
  const together: (TripStatement & { plannedOnce: boolean })[] = [];
  const send = (text: string, params?: readonly unknown[], options?: QueryOptions) => {
    if (!open) throw new Error(ENDED);
    if (together.length === 0) process.nextTick(flush);
    const name = chosenName(text, options);
    const plannedOnce = options?.plannedOnce ?? false;
    return new Promise<QueryResult>((resolve, reject) =>
      together.push({ text, params, name, plannedOnce, resolve, reject }),
    );
  };
  // Once `fn` has ended, somebody else may have the connection, and nobody waits for what was not sent.
  const flush = () => {
    if (!open) return;
    const isPlannedOnce = together.every(({ plannedOnce }) => plannedOnce);
    const { text, params } = settingAll(isPlannedOnce ? { ...all, plan_cache_mode: 'force_generic_plan' } : all);
    const confine = { text, params, name: nameOf(text), resolve: nobody, reject: nobody };
    sendInOneTrip(client, [confine, ...together.splice(0)]);
  };
  const tx = {
    workspaceId,
    ...asking(send),
    note: nobody,
    savepoint: () => Promise.reject(new Error('Nothing can be undone here, because nothing is changed.')),
  };
  try {
    return { ok: true, value: await fn(tx as unknown as Tx), notes: [] };
  } catch (error) {
    return { ok: false, error, reusable: !breaksConnection(error) };
  } finally {
    open = false;
  }
}

/**
 * Sends all statements of this turn of the event loop at once: each packet wakes PostgreSQL, which competes with us for
 * the processor on small machines.
 */
function sendTogether(client: ClientBase): void {
  // Missing from pg's type declarations.
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

function makeTx(client: ClientBase, workspaceId: string | null): { tx: Tx; notes: readonly Note[]; close(): void } {
  let open = true;
  let savepoints = 0;
  const notes: Note[] = [];
  const send = async (text: string, params?: readonly unknown[], options?: QueryOptions) => {
    if (!open) throw new Error(ENDED);
    sendTogether(client);
    const name = chosenName(text, options);
    return client.query<QueryResultRow>({ text, values: params as unknown[] | undefined, name });
  };
  const tx = {
    workspaceId,
    ...asking(send),
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

/** A statement that makes settings for the rest of its transaction. */
function settingAll(settings: Readonly<Record<string, string>>): { text: string; params: string[] } {
  const each = Object.keys(settings).map((name, at) => `set_config('${name}', $${at + 1}, true)`);
  return { text: `select ${each.join(', ')}`, params: Object.values(settings) };
}

/** One message with BEGIN and the workspace setting, so that the workspace applies before anything is read. */
function beginStatement(workspaceId: string | null, { settings, oneMoment }: Beginning): string {
  if (workspaceId === null) return 'begin';
  const begin = oneMoment ? 'begin isolation level repeatable read' : 'begin';
  const all = Object.entries({ 'leadwell.workspace': workspaceId, ...settings });
  return `${begin}; select ${all.map(([name, value]) => `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`).join(', ')}`;
}

/** Guards against an empty workspace id: a transaction without a workspace must be asked for with `db.global`. */
export function checkWorkspace(workspaceId: string): void {
  if (typeof workspaceId !== 'string' || workspaceId === '') throw new Error('A transaction needs a workspace.');
}

/**
 * If a statement failed inside the transaction, COMMIT answers "ROLLBACK" without an error. Treating that as success
 * would acknowledge data that was not stored.
 */
function checkCommitted(command: string | undefined): void {
  if (command !== 'COMMIT') {
    throw new Error('The transaction was rolled back: one of its statements had failed, and its error was swallowed.');
  }
}

/** Errors after which the connection is discarded: it is gone, or its prepared statements are no longer valid. */
function breaksConnection(error: unknown): boolean {
  return isUnavailable(error) || hasCode(error, '26000', '0A000');
}

/**
 * Resolves to a promise's error, or null, so that a promise awaited later is not reported as unhandled in the meantime.
 */
function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error ?? new Error('Unknown error'),
  );
}
