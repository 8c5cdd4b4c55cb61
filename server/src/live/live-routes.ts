import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { Refused } from '../http/refused.ts';
import { contextOf, signedIn } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { visibilityOf } from '../workspaces/access/visibility.ts';
import type { Live } from './live.ts';
import { sessionStands } from './live-store.ts';
import { beginStream, type LiveStream } from './live-stream.ts';

const BEAT_MS = 25_000;
/** Most streams that one member may have open, one per browser tab. */
const MOST_STREAMS = 10;
const RETRY_SECONDS = 30;

interface LiveContext extends ApiContext {
  live: Live;
}

const { route } = routesAbout('Live');

/** `/v1/live`: notifies open screens of changes as they happen. */
export function liveRoutes(scope: ApiScope, api: LiveContext): void {
  const open = new Map<string, Set<LiveStream>>();
  scope.addHook('preClose', async () => {
    for (const streams of open.values()) for (const stream of streams) stream.end();
  });
  scope.get(
    '/live',
    route('be signed in', 'Stream changes', {
      about:
        'A stream of server-sent events: `{"topics": ["leads"], "lead_ids": ["lead_..."]}`. After an event, reload whatever the screen shows of its topics. Ids of leads are given only if few leads have changed, and only to callers who see all leads.',
      200: eventStream,
      or: [429],
    }),
    (request, reply) => {
      const { id } = signedIn(request);
      const streams = open.get(id) ?? new Set();
      if (streams.size >= MOST_STREAMS) throw new Refused({ kind: 'rate_limited', retryAfterSeconds: RETRY_SECONDS });
      reply.hijack();
      const stream = begin(request, reply.raw, api);
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

/** Streams changes until the client disconnects or its session ends. */
function begin(request: FastifyRequest, answer: Answer, api: LiveContext): LiveStream {
  const { caller } = contextOf(request);
  const { workspace_id: workspaceId, member_id: memberId, session_id: sessionId } = caller;
  const memberNow = () => {
    const referenceData = api.referenceCache.peek(workspaceId) ?? contextOf(request).referenceData;
    const member = referenceData.get('member', memberId);
    return member?.active ? { member, referenceData } : undefined;
  };
  const stream = beginStream(answer, () => {
    const found = memberNow();
    return found !== undefined && visibilityOf(found.member, found.referenceData) === undefined;
  });
  const checkSession = async () => {
    const now = api.clock();
    const stands = await api.database.tx(workspaceId, (tx) => sessionStands(tx, sessionId ?? '', now));
    if (!stands || !memberNow()) stream.end();
  };
  const check = () => void checkSession().catch(() => stream.end());
  const stop = api.live.hear(workspaceId, (change) => {
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
