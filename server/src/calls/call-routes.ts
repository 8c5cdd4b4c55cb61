import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import {
  callClaim,
  callCreate,
  callExtend,
  callOutcome,
  callRelease,
  claimedCall,
  LEASE_SECONDS,
} from '../api/call-shapes.ts';
import { idOrNotFound } from '../api/ids.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { findNamed } from '../api/references.ts';
import { leadId, nothing, oneId, replies, writeReplies } from '../api/replies.ts';
import { blankless } from '../api/text.ts';
import { actorIn, changing, inWorkspace, visitorOf } from '../api/visitor.ts';
import { viewLead } from '../leads/lead-view.ts';
import { listOf, pageQuery, readPage } from '../platform/http/list.ts';
import { notFound, Refused } from '../platform/http/refused.ts';
import { closed, oneOf } from '../platform/http/shapes.ts';
import { invalid } from '../platform/problem.ts';
import type { Book } from '../workspaces/book.ts';
import { type AtDesk, claimNext, endWithOutcome, giveBack, keepClaim, planByHand } from './call-desk.ts';
import { callStates, getCall, listCalls } from './call-store.ts';
import { callView, viewCall } from './call-view.ts';

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
        summary: 'Claim the call that is due first',
        description: 'One lead is offered to one agent at a time. A claim ends by itself when its lease runs out.',
        tags,
        body: callClaim.ref,
        response: writeReplies({ 200: claimedCall.ref, 204: nothing('No call is due.') }),
      },
    },
    async (request, reply) => {
      const { agent: named, type, lease_seconds = LEASE_SECONDS } = request.body;
      const desk = deskOf(request, named);
      const wanted = { leaseSeconds: lease_seconds, typeId: typeOf(type, desk.book) };
      const next = await changing(parts, request, (tx) => claimNext(tx, wanted, desk));
      if (!next) return reply.code(204).send();
      return reply.send({
        call: viewCall(next.call, desk.book),
        lead: viewLead(next.lead, desk.book),
        claim_id: next.claimId,
      });
    },
  );
  scope.post(
    '/calls/:id/extend',
    { config: { policy: 'make calls' }, schema: claimSchema('Keep a claim for longer', callExtend.ref) },
    async (request) => {
      const { claim_id, lease_seconds = LEASE_SECONDS } = request.body;
      const id = idOrNotFound('call', request.params.id, 'call');
      const desk = deskOf(request);
      return viewCall(
        await changing(parts, request, (tx) => keepClaim(tx, id, claim_id, lease_seconds, desk)),
        desk.book,
      );
    },
  );
}

function addEnding(scope: ApiScope, parts: ApiParts): void {
  scope.post(
    '/calls/:id/outcome',
    { config: { policy: 'make calls' }, schema: claimSchema('Say what came of a call', callOutcome.ref) },
    async (request) => {
      const { claim_id, outcome, note, retry_in_seconds, callback_at } = request.body;
      const id = idOrNotFound('call', request.params.id, 'call');
      const desk = deskOf(request);
      if (outcome.trim() === '') throw new Refused(invalid({ at: 'outcome', code: 'required' }));
      if (retry_in_seconds !== undefined && callback_at !== undefined)
        throw new Refused(invalid({ at: 'callback_at', code: 'one_key' }));
      const againAt =
        retry_in_seconds === undefined
          ? callback_at && new Date(callback_at)
          : new Date(desk.now.getTime() + retry_in_seconds * 1000);
      const told = { outcome, note: blankless(note) ?? null, againAt: againAt || undefined };
      return viewCall(await changing(parts, request, (tx) => endWithOutcome(tx, id, claim_id, told, desk)), desk.book);
    },
  );
  scope.post(
    '/calls/:id/release',
    { config: { policy: 'make calls' }, schema: claimSchema('Give a claimed call back', callRelease.ref) },
    async (request) => {
      const id = idOrNotFound('call', request.params.id, 'call');
      const desk = deskOf(request);
      return viewCall(await changing(parts, request, (tx) => giveBack(tx, id, request.body.claim_id, desk)), desk.book);
    },
  );
}

const claimSchema = <B>(summary: string, body: B) => ({
  summary,
  tags,
  params: oneId,
  body,
  response: writeReplies({ 200: callView.ref }, [404, 409]),
});

function deskOf(request: FastifyRequest, named?: string): AtDesk {
  const { at, book, caller } = visitorOf(request);
  const actor = actorIn(request);
  return { actor, agent: blankless(named) ?? caller.token_name ?? actor, book, now: at };
}

function typeOf(type: string | null | undefined, book: Book): string | undefined {
  const named = blankless(type);
  if (named === undefined) return undefined;
  const found = findNamed(book, 'type', named);
  if (!found) throw new Refused(invalid({ at: 'type', code: 'unknown_reference' }));
  return found.id;
}
