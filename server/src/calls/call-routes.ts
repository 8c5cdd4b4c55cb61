import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { listOf, pageQuery, readPage } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { orNotFound } from '../http/refused.ts';
import { changing, contextOf, reading } from '../http/request-context.ts';
import { leadId, oneId, routesAbout } from '../http/route.ts';
import { closed, oneOf } from '../http/shapes.ts';
import { blankless } from '../http/text.ts';
import { addLeadSublist } from '../leads/lead-sublist.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { agentContextOf, leaseSeconds, readTold, typeOf, viewClaimed } from './agent-context.ts';
import { type AgentContext, beginTalk, keepClaim, releaseCall, scheduleByHand, skipCall } from './call-desk.ts';
import {
  callClaim,
  callCreate,
  callExtend,
  callOutcome,
  callRelease,
  callSkip,
  callStart,
  claimedCall,
} from './call-shapes.ts';
import { type Call, callStates, getCall, listCalls } from './call-store.ts';
import { callView, viewCall } from './call-view.ts';
import { claim } from './claim-call.ts';
import { endWithOutcome } from './end-call.ts';

const { route, writeRoute } = routesAbout('Calls');

/** Routes of `/v1/calls`, and of the calls of one lead. */
export function callRoutes(scope: ApiScope, api: ApiContext): void {
  addLeadSublist(scope, api, {
    name: 'calls',
    summary: "List a lead's calls",
    item: callView.ref,
    list: (tx, id, limit, after) => listCalls(tx, limit, { leadId: id, ...(after && { after }) }),
    view: viewCall,
  });
  addReading(scope, api);
  addPlanning(scope, api);
  addClaiming(scope, api);
  addEnding(scope, api);
}

function addReading(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/calls',
    route('read leads', 'List calls', {
      about: 'Newest first.',
      querystring: closed({ state: Type.Optional(oneOf(callStates, 'Only calls in this state.')), ...pageQuery }),
      200: listOf(callView.ref, 'Calls, newest first.'),
    }),
    (request) => {
      const { state } = request.query;
      const { referenceData, visibility } = contextOf(request);
      return readPage(
        request.query,
        (limit, after) =>
          reading(api, request, (tx) =>
            listCalls(tx, limit, { visibility, ...(after && { after }), ...(state && { state }) }),
          ),
        (call) => viewCall(call, referenceData),
      );
    },
  );
  scope.get('/calls/:id', route('read leads', 'Get a call', { params: oneId, 200: callView.ref }), async (request) => {
    const id = idOrNotFound('call', request.params.id, 'call');
    const call = orNotFound(await reading(api, request, (tx) => getCall(tx, id)), 'call');
    return viewCall(call, contextOf(request).referenceData);
  });
}

function addPlanning(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/leads/:id/calls',
    writeRoute('work leads', 'Plan a call', {
      heading: 'Leads',
      params: leadId,
      body: callCreate.ref,
      201: callView.ref,
      or: [409],
    }),
    async (request, reply) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const agentContext = agentContextOf(request);
      const { due_at, type } = request.body;
      const plan = {
        dueAt: due_at ? new Date(due_at) : agentContext.now,
        typeId: typeOf(type, agentContext.referenceData) ?? null,
      };
      const call = await changing(api, request, (tx) => scheduleByHand(tx, id, plan, agentContext));
      return reply.code(201).send(viewCall(call, agentContext.referenceData));
    },
  );
}

function addClaiming(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/calls/claim',
    writeRoute('make calls', 'Claim the next call', {
      about: [
        'Due callbacks come first, then calls by priority of the lead type, then leads waiting for a first reply, then',
        "retries. A call is never offered before it is due, outside the callee's calling hours, or if the lead must not",
        'be called. A lead is offered to one agent at a time. Members are offered only calls of leads they can see, and',
        'hold one call at a time: claiming again returns the same call. A claim ends when its lease expires.',
      ].join(' '),
      body: callClaim.ref,
      200: claimedCall.ref,
      204: 'No call is due.',
      or: [404, 409],
    }),
    async (request, reply) => {
      const { agent: named, type, lease_seconds, call_id, lead_id, outside_hours } = request.body;
      const agentContext = agentContextOf(request, named);
      const asked = {
        leaseSeconds: leaseSeconds(request, lease_seconds),
        typeId: typeOf(type, agentContext.referenceData),
        callId: call_id === undefined ? undefined : idOrNotFound('call', call_id, 'call'),
        leadId: lead_id === undefined ? undefined : idOrNotFound('lead', lead_id, 'lead'),
        outsideHours: outside_hours,
      };
      // Without row-level visibility, so that the queue is read by its index; the query applies the agent's visibility.
      const { workspace_id } = contextOf(request).caller;
      const next = await api.database.tx(workspace_id, (tx) => claim(tx, asked, agentContext), { retry: true });
      if (!next) return reply.code(204).send();
      return reply.send(viewClaimed(next, agentContext.referenceData, agentContext.now));
    },
  );
}

/** Routes for what the holder of a claim can do with the call. */
function addEnding(scope: ApiScope, api: ApiContext): void {
  const add = <B extends { claim_id: string }>(doing: Doing<B>) => addDoing(scope, api, doing);
  add({
    name: 'start',
    summary: 'Start the conversation',
    body: callStart.ref,
    run: (tx, id, { claim_id }, agentContext) => beginTalk(tx, id, claim_id, agentContext),
  });
  add({
    name: 'extend',
    summary: 'Extend a claim',
    body: callExtend.ref,
    run: (tx, id, { claim_id, lease_seconds }, agentContext, request) =>
      keepClaim(tx, id, claim_id, leaseSeconds(request, lease_seconds), agentContext),
  });
  add({
    name: 'outcome',
    summary: 'Record the outcome of a call',
    body: callOutcome.ref,
    run: (tx, id, body, agentContext) =>
      endWithOutcome(tx, id, body.claim_id, readTold(body, agentContext), agentContext),
  });
  add({
    name: 'skip',
    summary: 'Skip a claimed call',
    body: callSkip.ref,
    run: (tx, id, { claim_id, reason }, agentContext) =>
      skipCall(tx, id, claim_id, blankless(reason) ?? null, agentContext),
  });
  add({
    name: 'release',
    summary: 'Release a claimed call',
    body: callRelease.ref,
    run: (tx, id, { claim_id }, agentContext) => releaseCall(tx, id, claim_id, agentContext),
  });
}

interface Doing<B> {
  /** The last part of the path. */
  name: string;
  summary: string;
  body: ReturnType<typeof Type.Unsafe<B>>;
  run(tx: Tx, id: string, body: B, agentContext: AgentContext, request: FastifyRequest): Promise<Call>;
}

function addDoing<B>(scope: ApiScope, api: ApiContext, { name, summary, body, run }: Doing<B>): void {
  scope.post(
    `/calls/:id/${name}`,
    writeRoute('make calls', summary, { params: oneId, body, 200: callView.ref, or: [409] }),
    async (request) => {
      const { id: text } = request.params as { id: string };
      const id = idOrNotFound('call', text, 'call');
      const agentContext = agentContextOf(request);
      const call = await changing(api, request, (tx) => run(tx, id, request.body as B, agentContext, request));
      return viewCall(call, agentContext.referenceData);
    },
  );
}
