import type { ServerResponse } from 'node:http';
import type { Topic } from '../events/screens.ts';
import { typeId } from '../platform/ids.ts';
import type { Change } from './live.ts';

/** How long a client may go without reading before it is disconnected, in ms. */
const PATIENCE_MS = 60_000;

/** An open screen that receives changes as server-sent events. */
export interface LiveStream {
  tell(change: Change): void;
  /** Sends a keep-alive; disconnects a client that has not read for too long. */
  beat(): void;
  end(): void;
}

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  // Stops proxies from buffering the stream.
  'x-accel-buffering': 'no',
};

/**
 * Starts a stream. For a slow client only the changed topics are queued. `namesLeads` is called for each change, and
 * returns whether the client may receive lead ids.
 */
export function beginStream(
  answer: Pick<ServerResponse, 'writeHead' | 'write' | 'once' | 'end' | 'destroy'>,
  namesLeads: () => boolean,
): LiveStream {
  const waiting = new Set<Topic>();
  let stuckSince: number | undefined;

  const write = (text: string) => {
    if (answer.write(text)) return;
    stuckSince = Date.now();
    answer.once('drain', () => {
      stuckSince = undefined;
      if (waiting.size === 0) return;
      const topics = [...waiting];
      waiting.clear();
      write(eventOf(topics, []));
    });
  };

  answer.writeHead(200, headers);
  write(': hello\n\n');
  return {
    tell({ topics, lead_ids }) {
      if (stuckSince === undefined) write(eventOf(topics, namesLeads() ? lead_ids : []));
      else for (const topic of topics) waiting.add(topic);
    },
    beat() {
      if (stuckSince === undefined) write(': beat\n\n');
      else if (Date.now() - stuckSince > PATIENCE_MS) answer.destroy();
    },
    end: () => answer.end(),
  };
}

function eventOf(topics: readonly Topic[], leadIds: readonly string[]): string {
  return `data: ${JSON.stringify({ topics, lead_ids: leadIds.map((id) => typeId('lead', id)) })}\n\n`;
}
