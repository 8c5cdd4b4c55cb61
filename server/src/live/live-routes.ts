import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { replies } from '../api/replies.ts';
import { signedIn, visitorOf } from '../api/visitor.ts';
import { Refused } from '../platform/http/refused.ts';
import { sightOf } from '../workspaces/sight.ts';
import { sessionStands } from './live-store.ts';
import { beginStream, type LiveStream } from './live-stream.ts';

const BEAT_MS = 25_000;
/** Streams that one member may have open, in as many tabs. */
const MOST_STREAMS = 10;
const RETRY_SECONDS = 30;

/** `/v1/live`: tells open screens what changes, as it happens. */
export function liveRoutes(scope: ApiScope, parts: ApiParts): void {
  const open = new Map<string, Set<LiveStream>>();
  scope.addHook('preClose', async () => {
    for (const streams of open.values()) for (const stream of streams) stream.end();
  });
  scope.get(
    '/live',
    {
      config: { policy: 'be signed in' },
      schema: {
        summary: 'Hear what changes',
        description:
          'A stream of server-sent events: `{"topics": ["leads"], "lead_ids": ["lead_..."]}`. Ask again for what a screen shows of a topic. Leads are named to those who see all of them, and only where few changed.',
        tags: ['Live'],
        response: replies({ 200: eventStream }, [429]),
      },
    },
    (request, reply) => {
      const { id } = signedIn(request);
      const streams = open.get(id) ?? new Set();
      if (streams.size >= MOST_STREAMS) throw new Refused({ kind: 'rate_limited', retryAfterSeconds: RETRY_SECONDS });
      reply.hijack();
      const stream = begin(request, reply.raw, parts);
      open.set(id, streams.add(stream));
      reply.raw.once('close', () => {
        streams.delete(stream);
        if (streams.size === 0) open.delete(id);
      });
    },
  );
}

const eventStream = {
  description: 'The stream. It ends with the session.',
  content: { 'text/event-stream': { schema: Type.String() } },
} as never;

type Answer = Parameters<typeof beginStream>[0] & { once(event: 'close', listener: () => void): unknown };

/** Streams until the client goes, or its session ends. */
function begin(request: FastifyRequest, answer: Answer, parts: ApiParts): LiveStream {
  const { caller } = visitorOf(request);
  const { workspace_id: workspaceId, member_id: memberId, session_id: sessionId } = caller;
  const memberNow = () => {
    const book = parts.books.peek(workspaceId) ?? visitorOf(request).book;
    const member = book.get('member', memberId);
    return member?.active ? { member, book } : undefined;
  };
  const stream = beginStream(answer, () => {
    const found = memberNow();
    return found !== undefined && sightOf(found.member, found.book) === undefined;
  });
  const checkSession = async () => {
    const now = parts.clock();
    const stands = await parts.database.tx(workspaceId, (tx) => sessionStands(tx, sessionId ?? '', now));
    if (!stands || !memberNow()) stream.end();
  };
  const check = () => void checkSession().catch(() => stream.end());
  const stop = parts.live.hear(workspaceId, (change) => {
    stream.tell(change);
    if (change.topics.includes('settings') || change.topics.includes('people')) check();
  });
  const beat = setInterval(() => {
    stream.beat();
    check();
  }, BEAT_MS);
  answer.once('close', () => {
    clearInterval(beat);
    stop();
  });
  return stream;
}
