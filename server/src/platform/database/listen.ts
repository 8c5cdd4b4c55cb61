import { pause } from '../time/wait.ts';
import type { DatabaseClient } from './client.ts';
import type { Connection } from './connection.ts';
import type { Heartbeat } from './heartbeat.ts';
import { openClient } from './session.ts';

export interface Listening {
  close(): Promise<void>;
}

export interface ListenOptions {
  onMessage(payload: string): void;
  /** Called when messages may have been missed. */
  onGap(): void;
  /** A connection that only listens does not notice that its server is gone; the heartbeat does. */
  heartbeat?: Heartbeat;
}

interface Listener {
  readonly client: DatabaseClient;
  /** Resolves when the connection is gone. */
  readonly ended: Promise<void>;
}

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;

/** Subscribes to a PostgreSQL notification channel. When the connection breaks, it reconnects and calls `onGap`. */
export async function listenTo(
  connection: Connection,
  channel: string,
  { onMessage, onGap, heartbeat }: ListenOptions,
): Promise<Listening> {
  const closing = new AbortController();
  const open = () => openListener(connection, channel, onMessage);
  let listener = await open();
  heartbeat?.onSilence(() => listener.client.abandon());

  // The only place that reconnects: a failed attempt is retried here and schedules nothing itself.
  const keepListening = async (): Promise<void> => {
    for (;;) {
      await listener.ended;
      const next = await reopen(open, closing.signal);
      if (!next) return;
      listener = next;
      onGap();
    }
  };
  const listening = keepListening();

  return {
    async close() {
      closing.abort();
      await listener.client.end().catch(() => {});
      await listening;
    },
  };
}

async function openListener(
  connection: Connection,
  channel: string,
  onMessage: (payload: string) => void,
): Promise<Listener> {
  const client = await openClient(connection, { name: 'leadwell listener' });
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  client.on('notification', (message) => onMessage(message.payload ?? ''));
  try {
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  return { client, ended };
}

/** Retries until the database is back, with growing pauses; undefined if `closing` is aborted first. */
async function reopen(open: () => Promise<Listener>, closing: AbortSignal): Promise<Listener | undefined> {
  for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
    await pause(wait, closing);
    if (closing.aborted) return undefined;
    const listener = await open().catch(() => undefined);
    if (!listener) continue;
    if (!closing.aborted) return listener;
    await listener.client.end().catch(() => {});
    return undefined;
  }
}
