import type { Socket } from 'node:net';
import { Client, type ClientConfig } from 'pg';

/** How long to wait for the server to close the connection, in ms. */
const GOODBYE_MS = 1000;

/** A client that survives a broken connection, and can be closed even if the server is silent. */
export class DatabaseClient extends Client {
  /** The local port of a TCP connection; undefined on a Unix socket. */
  get localPort(): number | undefined {
    return this.#stream.localPort;
  }

  /** Missing from pg's type declarations. */
  get #stream(): Socket {
    return (this as unknown as { connection: { stream: Socket } }).connection.stream;
  }

  constructor(config: ClientConfig) {
    super(config);
    // Without a listener, a broken connection would end the process. Pending queries are rejected anyway.
    this.on('error', () => {});
  }

  /** Calls `heard` whenever the server sends something. Works only once connected. */
  onAnswer(heard: () => void): void {
    this.#stream.on('data', heard);
  }

  /** Cuts the connection, which rejects all pending queries. */
  abandon(): void {
    this.#stream.destroy();
  }

  /** Closes the connection; cuts it if the server does not react within a second. */
  override end(): Promise<void>;
  override end(done: (error: Error) => void): void;
  override end(done?: (error: Error) => void): Promise<void> | undefined {
    const cut = setTimeout(() => this.abandon(), GOODBYE_MS);
    const ended = super.end().finally(() => clearTimeout(cut));
    if (!done) return ended;
    ended.then(() => done(null as unknown as Error), done);
    return undefined;
  }
}
