import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { listOf, wholeList } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { orNotFound } from '../http/refused.ts';
import { changing, contextOf, memberIn, reading } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { bodyShape, oneOf, textOrNull } from '../http/shapes.ts';
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

const { route, writeRoute } = routesAbout('Calls');
const why = textOrNull('Reason.', { maxLength: 200 });
const agentSays = bodyShape('AgentStateUpdate', 'Sets your own state.', {
  state: oneOf(settableStates, 'wrap_up: the conversation has ended and its outcome is still to be recorded.'),
  reason: Type.Optional(why),
});
const agentPause = bodyShape('AgentPause', 'Pauses an agent.', { reason: Type.Optional(why) });

/** Routes of `/v1/calls/queue` and `/v1/agents`. */
export function agentRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get('/calls/queue', route('make calls', 'Get the call queue', { 200: callQueue.ref }), async (request) => {
    const agentContext = agentContextOf(request);
    const queue = await api.database.tx(contextOf(request).caller.workspace_id, (tx) => readQueue(tx, agentContext));
    return viewQueue(queue, agentContext.referenceData, agentContext.now);
  });
  addTeam(scope, api);
  addSelf(scope, api);
}

function addTeam(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/agents',
    route('supervise agents', 'List agents', { 200: listOf(agentView.ref, 'All agents.') }),
    async (request) => {
      const { referenceData, at } = contextOf(request);
      const [agents, days] = await reading(api, request, async (tx) => [
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
    writeRoute('supervise agents', 'Pause an agent', {
      about:
        'An agent who is on a call finishes it first. The pause lasts until the agent sets their state to ready again.',
      params: oneId,
      body: agentPause.ref,
      204: 'The agent is paused.',
    }),
    async (request, reply) => {
      const { referenceData, at } = contextOf(request);
      const member = orNotFound(referenceData.get('member', idOrNotFound('member', request.params.id)));
      const reason = blankless(request.body.reason) ?? `Paused by ${memberIn(request)?.name ?? 'a supervisor'}`;
      await changing(api, request, (tx) => pauseAgent(tx, member.id, reason, at));
      return reply.code(204).send();
    },
  );
}

function addSelf(scope: ApiScope, api: ApiContext): void {
  scope.get('/agents/me', route('be signed in', 'Get your own state', { 200: ownState.ref, or: [404] }), (request) =>
    reading(api, request, (tx) => readSelf(tx, request)),
  );
  scope.put(
    '/agents/me',
    writeRoute('make calls', 'Set your own state', {
      about: 'Repeat this at least once a minute to stay online.',
      body: agentSays.ref,
      200: ownState.ref,
      or: [404, 409],
    }),
    async (request) => {
      const { state, reason } = request.body;
      const { at } = contextOf(request);
      const member = orNotFound(memberIn(request));
      return changing(api, request, async (tx) => {
        await setAgentState(tx, member.id, state, blankless(reason) ?? null, at);
        return readSelf(tx, request);
      });
    },
  );
  scope.post(
    '/agents/me/heartbeat',
    writeRoute('make calls', 'Send a heartbeat', {
      about: 'Agents who send none for a minute go offline.',
      204: 'Recorded.',
      or: [404],
    }),
    async (request, reply) => {
      const member = orNotFound(memberIn(request));
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
