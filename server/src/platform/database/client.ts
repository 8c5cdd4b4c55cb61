import type { Socket } from 'node:net';
import { Client, type ClientConfig } from 'pg';

/** How long a server may take to say goodbye, in ms. */
const GOODBYE_MS = 1000;

/** A connection that a broken or silent server can neither crash nor keep open. */
export class DatabaseClient extends Client {
  /** Our port of a TCP connection; undefined on a Unix socket. */
  get localPort(): number | undefined {
    return this.#stream.localPort;
  }

  /** Missing in the type declarations of pg. */
  get #stream(): Socket {
    return (this as unknown as { connection: { stream: Socket } }).connection.stream;
  }

  constructor(config: ClientConfig) {
    super(config);
    // Unwatched, a connection that breaks would end the process. Whoever waits for an answer on it hears of it anyway.
    this.on('error', () => {});
  }

  /** Calls back whenever the server sends something. Only once connected. */
  onAnswer(heard: () => void): void {
    this.#stream.on('data', heard);
  }

  /** Cuts the connection; everything that waits for an answer on it is rejected. */
  abandon(): void {
    this.#stream.destroy();
  }

  /** Says goodbye; cuts the connection if the server does not react within a second. */
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
