import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { listOf, wholeList } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { nothing, oneId, replies, writeReplies } from '../http/replies.ts';
import { changing, contextOf, inWorkspace, memberIn } from '../http/request-context.ts';
import { closed, oneOf, shape, textOrNull } from '../http/shapes.ts';
import { blankless } from '../http/text.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { memberMay } from '../workspaces/access/policies.ts';
import { agentContextOf, viewClaimed } from './agent-context.ts';
import { isSeen, pauseAgent, say, sayable, stateNow } from './agent-desk.ts';
import { listAgents } from './agent-store.ts';
import { agentView, ownState, viewAgent } from './agent-view.ts';
import { withLead } from './claim-call.ts';
import { countDay } from './figures-store.ts';
import { readQueue, startOfDay } from './queue.ts';
import { claimOf } from './queue-store.ts';
import { callQueue, viewQueue } from './queue-view.ts';

const tags = ['Calls'];
const why = textOrNull('Why.', { maxLength: 200 });
const agentSays = shape(
  'AgentSays',
  closed(
    { state: oneOf(sayable, 'wrap_up: the talk is over, and its outcome follows.'), reason: Type.Optional(why) },
    'What you do from now on.',
  ),
);
const agentPause = shape('AgentPause', closed({ reason: Type.Optional(why) }, 'Sends somebody to pause.'));

/** `/v1/calls/queue` and `/v1/agents`. */
export function agentRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/calls/queue',
    {
      config: { policy: 'make calls' },
      schema: {
        summary: 'What comes next, and how much waits',
        tags,
        response: replies({ 200: callQueue.ref }),
      },
    },
    async (request) => {
      const agentContext = agentContextOf(request);
      const queue = await api.database.tx(contextOf(request).caller.workspace_id, (tx) => readQueue(tx, agentContext));
      return viewQueue(queue, agentContext.referenceData, agentContext.now);
    },
  );
  addTeam(scope, api);
  addSelf(scope, api);
}

function addTeam(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/agents',
    {
      config: { policy: 'supervise agents' },
      schema: {
        summary: 'List agents',
        tags,
        response: replies({ 200: listOf(agentView.ref, 'Everybody who may call.') }),
      },
    },
    async (request) => {
      const { referenceData, at } = contextOf(request);
      const [agents, days] = await inWorkspace(api, request, async (tx) => [
        await listAgents(tx),
        await countDay(tx, startOfDay({ referenceData, now: at })),
      ]);
      const callers = referenceData.all('member').filter(({ active, role }) => active && memberMay(role, 'make calls'));
      return wholeList(
        callers.map((member) =>
          viewAgent(
            member,
            agents.find(({ member_id }) => member_id === member.id),
            days.find(({ member_id }) => member_id === member.id),
            at,
          ),
        ),
      );
    },
  );
  scope.post(
    '/agents/:id/pause',
    {
      config: { policy: 'supervise agents' },
      schema: {
        summary: 'Send an agent to pause',
        description: 'Whoever is on a call ends it first. They come back when they are ready.',
        tags,
        params: oneId,
        body: agentPause.ref,
        response: writeReplies({ 204: nothing('They pause.') }, [404]),
      },
    },
    async (request, reply) => {
      const { referenceData, at } = contextOf(request);
      const member = referenceData.get('member', idOrNotFound('member', request.params.id));
      if (!member) throw notFound();
      const reason = blankless(request.body.reason) ?? `Paused by ${memberIn(request)?.name ?? 'a supervisor'}`;
      await changing(api, request, (tx) => pauseAgent(tx, member.id, reason, at));
      return reply.code(204).send();
    },
  );
}

function addSelf(scope: ApiScope, api: ApiContext): void {
  const config = { policy: 'be signed in' } as const;
  scope.get(
    '/agents/me',
    { config, schema: { summary: 'What you do at the moment', tags, response: replies({ 200: ownState.ref }, [404]) } },
    (request) => inWorkspace(api, request, (tx) => readSelf(tx, request)),
  );
  scope.put(
    '/agents/me',
    {
      config: { policy: 'make calls' },
      schema: {
        summary: 'Say what you do',
        description: 'Said again at least once a minute, it shows that you are still there.',
        tags,
        body: agentSays.ref,
        response: writeReplies({ 200: ownState.ref }, [404, 409]),
      },
    },
    async (request) => {
      const { state, reason } = request.body;
      const { at } = contextOf(request);
      const member = memberIn(request);
      if (!member) throw notFound();
      return changing(api, request, async (tx) => {
        await say(tx, member.id, state, blankless(reason) ?? null, at);
        return readSelf(tx, request);
      });
    },
  );
  scope.post(
    '/agents/me/seen',
    {
      config: { policy: 'make calls' },
      schema: {
        summary: 'Show that you are still there',
        description: 'Whoever does not for a minute is taken for gone.',
        tags,
        response: writeReplies({ 204: nothing('Noted.') }, [404]),
      },
    },
    async (request, reply) => {
      const member = memberIn(request);
      if (!member) throw notFound();
      await changing(api, request, (tx) => isSeen(tx, member.id, contextOf(request).at));
      return reply.code(204).send();
    },
  );
}

async function readSelf(tx: Tx, request: FastifyRequest) {
  const { at, referenceData } = contextOf(request);
  const id = memberIn(request)?.id ?? '';
  const [agent] = await listAgents(tx, id);
  const call = await claimOf(tx, id);
  const claimed = call && (await withLead(tx, call, call.claim_id ?? ''));
  return {
    state: stateNow(agent, call !== undefined, at),
    reason: agent?.state === 'paused' ? agent.reason : null,
    since: (agent?.since ?? at).toISOString(),
    current: claimed ? viewClaimed(claimed, referenceData, at) : null,
  };
}
