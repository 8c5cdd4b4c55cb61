import { Client } from 'pg';
import { pause } from '../time/wait.ts';
import type { Connection } from './connection.ts';

export interface Listening {
  close(): Promise<void>;
}

/**
 * Hears what other processes on the same database announce on one channel. After a broken connection it connects again
 * and calls `onGap`, because something may have been missed.
 */
export async function listenTo(
  connection: Connection,
  channel: string,
  onMessage: (payload: string) => void,
  onGap: () => void,
): Promise<Listening> {
  let client: Client | undefined;
  let closed = false;

  const connect = async (): Promise<void> => {
    const next = new Client({ ...connection, application_name: 'leadwell listener', keepAlive: true });
    next.on('notification', (message) => onMessage(message.payload ?? ''));
    next.on('error', () => {});
    next.once('end', () => {
      if (!closed) void again();
    });
    await next.connect();
    await next.query(`LISTEN ${next.escapeIdentifier(channel)}`);
    client = next;
  };
  const again = async (): Promise<void> => {
    for (let wait = 250; !closed; wait = Math.min(wait * 2, 5_000)) {
      await pause(wait);
      try {
        await connect();
        return onGap();
      } catch {
        // Tried again after the pause, for as long as the server runs.
      }
    }
  };

  await connect();
  return {
    async close() {
      closed = true;
      await client?.end().catch(() => {});
    },
  };
}
