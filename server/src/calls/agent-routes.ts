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
import { startOfToday } from '../platform/time/calendar.ts';
import { memberMay } from '../workspaces/access/policies.ts';
import { agentContextOf, viewClaimed } from './agent-context.ts';
import { pauseAgent, recordPresence, setAgentState, settableStates, stateNow } from './agent-state.ts';
import { listAgents } from './agent-store.ts';
import { agentView, ownState, viewAgent } from './agent-view.ts';
import { withLead } from './claim-call.ts';
import { countDay } from './figures-store.ts';
import { readQueue } from './queue.ts';
import { claimOf } from './queue-store.ts';
import { callQueue, viewQueue } from './queue-view.ts';

const tags = ['Calls'];
const why = textOrNull('Reason.', { maxLength: 200 });
const agentSays = shape(
  'AgentStateUpdate',
  closed(
    {
      state: oneOf(settableStates, 'wrap_up: the conversation has ended and its outcome is still to be recorded.'),
      reason: Type.Optional(why),
    },
    'Sets your own state.',
  ),
);
const agentPause = shape('AgentPause', closed({ reason: Type.Optional(why) }, 'Pauses an agent.'));

/** Routes of `/v1/calls/queue` and `/v1/agents`. */
export function agentRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/calls/queue',
    {
      config: { policy: 'make calls' },
      schema: {
        summary: 'Get the call queue',
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
        response: replies({ 200: listOf(agentView.ref, 'All agents.') }),
      },
    },
    async (request) => {
      const { referenceData, at } = contextOf(request);
      const [agents, days] = await inWorkspace(api, request, async (tx) => [
        await listAgents(tx),
        await countDay(tx, startOfToday(at, referenceData.workspace.time_zone)),
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
        summary: 'Pause an agent',
        description:
          'An agent who is on a call finishes it first. The pause lasts until the agent sets their state to ready again.',
        tags,
        params: oneId,
        body: agentPause.ref,
        response: writeReplies({ 204: nothing('The agent is paused.') }, [404]),
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
    { config, schema: { summary: 'Get your own state', tags, response: replies({ 200: ownState.ref }, [404]) } },
    (request) => inWorkspace(api, request, (tx) => readSelf(tx, request)),
  );
  scope.put(
    '/agents/me',
    {
      config: { policy: 'make calls' },
      schema: {
        summary: 'Set your own state',
        description: 'Repeat this at least once a minute to stay online.',
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
        await setAgentState(tx, member.id, state, blankless(reason) ?? null, at);
        return readSelf(tx, request);
      });
    },
  );
  scope.post(
    '/agents/me/heartbeat',
    {
      config: { policy: 'make calls' },
      schema: {
        summary: 'Send a heartbeat',
        description: 'Agents who send none for a minute go offline.',
        tags,
        response: writeReplies({ 204: nothing('Recorded.') }, [404]),
      },
    },
    async (request, reply) => {
      const member = memberIn(request);
      if (!member) throw notFound();
      await changing(api, request, (tx) => recordPresence(tx, member.id, contextOf(request).at));
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
