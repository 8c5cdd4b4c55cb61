import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { deskOf, leaseOf, readTold, typeOf, viewClaimed } from '../api/at-desk.ts';
import {
  callClaim,
  callCreate,
  callExtend,
  callOutcome,
  callRelease,
  callSkip,
  callStart,
  claimedCall,
} from '../api/call-shapes.ts';
import { idOrNotFound } from '../api/ids.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { leadId, nothing, oneId, replies, writeReplies } from '../api/replies.ts';
import { blankless } from '../api/text.ts';
import { changing, inWorkspace, visitorOf } from '../api/visitor.ts';
import { listOf, pageQuery, readPage } from '../platform/http/list.ts';
import { notFound } from '../platform/http/refused.ts';
import { closed, oneOf } from '../platform/http/shapes.ts';
import type { Tx } from '../platform/transaction.ts';
import { type AtDesk, beginTalk, giveBack, keepClaim, planByHand, skipCall } from './call-desk.ts';
import { type Call, callStates, getCall, listCalls } from './call-store.ts';
import { callView, viewCall } from './call-view.ts';
import { claim } from './claim-call.ts';
import { endWithOutcome } from './end-call.ts';

const tags = ['Calls'];

/** `/v1/calls`, and the calls of one lead. */
export function callRoutes(scope: ApiScope, parts: ApiParts): void {
  addReading(scope, parts);
  addPlanning(scope, parts);
  addClaiming(scope, parts);
  addEnding(scope, parts);
}

function addReading(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/calls',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'List calls',
        description: 'Newest first.',
        tags,
        querystring: closed({ state: Type.Optional(oneOf(callStates, 'Only those in this state.')), ...pageQuery }),
        response: replies({ 200: listOf(callView.ref, 'Calls, newest first.') }),
      },
    },
    (request) => {
      const { state } = request.query;
      return readPage(
        request.query,
        (limit, after) =>
          inWorkspace(parts, request, (tx) =>
            listCalls(tx, limit, { ...(after && { after }), ...(state && { state }) }),
          ),
        (call) => viewCall(call, visitorOf(request).book),
      );
    },
  );
  scope.get(
    '/calls/:id',
    {
      config: { policy: 'read leads' },
      schema: { summary: 'Read a call', tags, params: oneId, response: replies({ 200: callView.ref }, [404]) },
    },
    async (request) => {
      const id = idOrNotFound('call', request.params.id, 'call');
      const call = await inWorkspace(parts, request, (tx) => getCall(tx, id));
      if (!call) throw notFound('call');
      return viewCall(call, visitorOf(request).book);
    },
  );
}

function addPlanning(scope: ApiScope, parts: ApiParts): void {
  scope.post(
    '/leads/:id/calls',
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Plan a call',
        tags: ['Leads'],
        params: leadId,
        body: callCreate.ref,
        response: writeReplies({ 201: callView.ref }, [404, 409]),
      },
    },
    async (request, reply) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const desk = deskOf(request);
      const { due_at, type } = request.body;
      const plan = { dueAt: due_at ? new Date(due_at) : desk.now, typeId: typeOf(type, desk.book) ?? null };
      const call = await changing(parts, request, (tx) => planByHand(tx, id, plan, desk));
      parts.live.tell(visitorOf(request).caller.workspace_id, 'calls', id);
      return reply.code(201).send(viewCall(call, desk.book));
    },
  );
}

function addClaiming(scope: ApiScope, parts: ApiParts): void {
  scope.post(
    '/calls/claim',
    {
      config: { policy: 'make calls' },
      schema: {
        summary: 'Claim the call that comes first',
        description: [
          'Due callbacks come first, then by the priority of the lead type, then leads that wait for a first reply, then',
          'further tries; never before its time, outside the calling hours of the callee, or when the lead is not to be',
          'called. One lead is offered to one agent at a time. A member is offered calls of leads they see, and holds one',
          'at a time: asking again answers the same. A claim ends by itself when its lease runs out.',
        ].join(' '),
        tags,
        body: callClaim.ref,
        response: writeReplies({ 200: claimedCall.ref, 204: nothing('No call is due.') }, [404, 409]),
      },
    },
    async (request, reply) => {
      const { agent: named, type, lease_seconds, call_id, lead_id } = request.body;
      const desk = deskOf(request, named);
      const asked = {
        leaseSeconds: leaseOf(request, lease_seconds),
        typeId: typeOf(type, desk.book),
        callId: call_id === undefined ? undefined : idOrNotFound('call', call_id, 'call'),
        leadId: lead_id === undefined ? undefined : idOrNotFound('lead', lead_id, 'lead'),
      };
      // Without sight, so that the queue is read by its index; the desk says what the agent sees.
      const { workspace_id } = visitorOf(request).caller;
      const next = await parts.database.tx(workspace_id, (tx) => claim(tx, asked, desk), { retry: true });
      if (!next) return reply.code(204).send();
      parts.live.tell(workspace_id, 'calls', next.lead.id);
      return reply.send(viewClaimed(next, desk.book, desk.now));
    },
  );
}

/** What the holder of a claim may do with it. */
function addEnding(scope: ApiScope, parts: ApiParts): void {
  const add = <B extends { claim_id: string }>(doing: Doing<B>) => addDoing(scope, parts, doing);
  add({
    name: 'start',
    summary: 'Say that the talk begins',
    body: callStart.ref,
    run: (tx, id, { claim_id }, desk) => beginTalk(tx, id, claim_id, desk),
  });
  add({
    name: 'extend',
    summary: 'Keep a claim for longer',
    body: callExtend.ref,
    quiet: true,
    run: (tx, id, { claim_id, lease_seconds }, desk, request) =>
      keepClaim(tx, id, claim_id, leaseOf(request, lease_seconds), desk),
  });
  add({
    name: 'outcome',
    summary: 'Say what came of a call',
    body: callOutcome.ref,
    run: (tx, id, body, desk) => endWithOutcome(tx, id, body.claim_id, readTold(body, desk), desk),
  });
  add({
    name: 'skip',
    summary: 'Pass a claimed call over',
    body: callSkip.ref,
    run: (tx, id, { claim_id, reason }, desk) => skipCall(tx, id, claim_id, blankless(reason) ?? null, desk),
  });
  add({
    name: 'release',
    summary: 'Give a claimed call back',
    body: callRelease.ref,
    run: (tx, id, { claim_id }, desk) => giveBack(tx, id, claim_id, desk),
  });
}

interface Doing<B> {
  /** Last part of its path. */
  name: string;
  summary: string;
  body: ReturnType<typeof Type.Unsafe<B>>;
  /** Nobody else need hear of it. */
  quiet?: boolean;
  run(tx: Tx, id: string, body: B, desk: AtDesk, request: FastifyRequest): Promise<Call>;
}

function addDoing<B>(scope: ApiScope, parts: ApiParts, { name, summary, body, quiet, run }: Doing<B>): void {
  scope.post(
    `/calls/:id/${name}`,
    {
      config: { policy: 'make calls' },
      schema: { summary, tags, params: oneId, body, response: writeReplies({ 200: callView.ref }, [404, 409]) },
    },
    async (request) => {
      const { id: text } = request.params as { id: string };
      const id = idOrNotFound('call', text, 'call');
      const desk = deskOf(request);
      const call = await changing(parts, request, (tx) => run(tx, id, request.body as B, desk, request));
      if (!quiet) {
        const { workspace_id } = visitorOf(request).caller;
        parts.live.tell(workspace_id, 'calls', call.lead_id);
        parts.live.tell(workspace_id, 'leads', call.lead_id);
      }
      return viewCall(call, desk.book);
    },
  );
}
