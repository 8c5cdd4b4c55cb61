import type { Socket } from 'node:net';
import { type ClientBase, type CustomTypesConfig, Query, type QueryResult } from 'pg';

/** A statement of a trip, and where its result goes. */
export interface TripStatement {
  readonly text: string;
  readonly params: readonly unknown[] | undefined;
  readonly name: string | undefined;
  resolve(result: QueryResult): void;
  reject(error: unknown): void;
}

/** What pg's Query and Connection offer to queries of one's own; missing from pg's type declarations. */
interface Wire {
  readonly stream: Socket;
  readonly submittedNamedStatements: Record<string, string>;
  execute(message: { portal: string }): void;
  sync(): void;
}
interface Running {
  name: string | undefined;
  text: string;
  callback(error: unknown, result?: unknown): void;
  _result: { _types?: CustomTypesConfig };
  submit(wire: Wire): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
  handleError(error: unknown, wire: Wire): void;
  handleReadyForQuery(wire: Wire): void;
}
const RunningQuery = Query as unknown as new (config: {
  text: string;
  values?: unknown;
  name?: string | undefined;
  queryMode?: 'extended';
}) => Running;

/** One statement, sent without the Sync that would end its transaction. */
class Part extends RunningQuery {
  _getRows(wire: Wire): void {
    wire.execute({ portal: '' });
  }

  /** Whether something could not be sent or read. */
  failed = false;

  override handleError(error: unknown, wire: Wire): void {
    this.failed = true;
    super.handleError(error, wire);
  }
}

/**
 * Several statements sent together and answered together, in a transaction that PostgreSQL begins with the first and
 * ends with the last: no BEGIN, no COMMIT, and a single round trip.
 */
class Trip extends RunningQuery {
  readonly #parts: readonly { statement: TripStatement; query: Part }[];
  #at = 0;

  constructor(statements: readonly TripStatement[]) {
    super({ text: 'a trip' });
    this.#parts = statements.map((statement) => {
      const { text, params, name } = statement;
      const query = new Part({ text, values: params ?? [], name, queryMode: 'extended' });
      query.callback = (error, result) => (error ? statement.reject(error) : statement.resolve(result as never));
      return { statement, query };
    });
    // The client remembers by these which statements the connection has prepared.
    Object.defineProperties(this, {
      name: { get: () => this.#now?.name },
      text: { get: () => this.#now?.text },
    });
    // Also called, and replaced, by the client's own time limit.
    this.callback = (error) => {
      if (error) for (const { statement } of this.#parts) statement.reject(error);
    };
  }

  get #now(): Part | undefined {
    return this.#parts[this.#at]?.query;
  }

  override submit(wire: Wire): Error | null {
    wire.stream.cork();
    for (const { query } of this.#parts) {
      query._result._types ??= this._result._types as CustomTypesConfig;
      const error = query.submit(wire);
      if (error) query.handleError(error, wire);
    }
    // If a value could not be sent, nobody knows any longer which answer belongs to what.
    if (this.#parts.some(({ query }) => query.failed)) wire.stream.destroy();
    else wire.sync();
    wire.stream.uncork();
    return null;
  }

  override handleRowDescription(message: unknown): void {
    this.#now?.handleRowDescription(message);
  }

  override handleDataRow(message: unknown): void {
    this.#now?.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, wire: Wire): void {
    this.#now?.handleCommandComplete(message, wire);
    this.#at += 1;
  }

  override handleError(error: unknown, wire: Wire): void {
    // PostgreSQL has skipped what followed, so it has prepared none of it.
    for (const { query } of this.#parts.slice(this.#at))
      if (query.name !== undefined) delete wire.submittedNamedStatements[query.name];
    this.callback(error);
  }

  override handleReadyForQuery(wire: Wire): void {
    for (const { query } of this.#parts) query.handleReadyForQuery(wire);
    this.callback(null);
  }
}

/** Sends statements in one round trip and one transaction of their own. A failure of one fails all. */
export function sendInOneTrip(client: ClientBase, statements: readonly TripStatement[]): void {
  client.query(new Trip(statements) as unknown as Query);
}
