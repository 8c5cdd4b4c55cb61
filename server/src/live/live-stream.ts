import type { ServerResponse } from 'node:http';
import type { Topic } from '../events/screens.ts';
import { typeId } from '../platform/ids.ts';
import type { Change } from './live.ts';

/** A client that reads nothing for so long is gone, in ms. */
const PATIENCE_MS = 60_000;

/** An open screen that is told what changes, as a stream of server-sent events. */
export interface LiveStream {
  tell(change: Change): void;
  /** Says that the line is alive; ends it when nobody has read for long. */
  beat(): void;
  end(): void;
}

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  // Proxies that gather answers would hold back what is told.
  'x-accel-buffering': 'no',
};

/**
 * Begins a stream. To a client that reads slowly nothing is queued up but the names of what has changed meanwhile.
 * `namesLeads` says at the time whether the leads may be named.
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
