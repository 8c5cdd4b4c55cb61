import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { AtDesk } from '../calls/call-desk.ts';
import { viewCall } from '../calls/call-view.ts';
import { canCall } from '../calls/can-call.ts';
import type { Claimed } from '../calls/claim-call.ts';
import type { Told } from '../calls/end-call.ts';
import { viewWhy, viewZone } from '../calls/why-view.ts';
import { viewLead } from '../leads/lead-view.ts';
import { Refused } from '../platform/http/refused.ts';
import { invalid } from '../platform/problem.ts';
import type { Book } from '../workspaces/book.ts';
import { type callOutcome, LEASE_SECONDS, MEMBER_LEASE_SECONDS } from './call-shapes.ts';
import { findNamed } from './references.ts';
import { blankless } from './text.ts';
import { actorIn, memberIn, visitorOf } from './visitor.ts';

/** Who works the calls in a request: a signed-in member is themselves, a token may name its agent. */
export function deskOf(request: FastifyRequest, named?: string): AtDesk {
  const { at, book, caller, sight } = visitorOf(request);
  const member = memberIn(request);
  const actor = actorIn(request);
  const agent = member?.name ?? blankless(named) ?? caller.token_name ?? actor;
  return { actor, agent, memberId: member?.id ?? null, sight, book, now: at };
}

/** How long a claim holds in a request that does not say. */
export function leaseOf(request: FastifyRequest, said: number | undefined): number {
  return said ?? (memberIn(request) ? MEMBER_LEASE_SECONDS : LEASE_SECONDS);
}

/** The lead type that a request names, if any. */
export function typeOf(type: string | null | undefined, book: Book): string | undefined {
  const named = blankless(type);
  if (named === undefined) return undefined;
  const found = findNamed(book, 'type', named);
  if (!found) throw new Refused(invalid({ at: 'type', code: 'unknown_reference' }));
  return found.id;
}

/** What an agent says of a call, read and checked. */
export function readTold(body: Omit<Static<typeof callOutcome.schema>, 'claim_id'>, { book, now }: AtDesk): Told {
  const { outcome_id, note, retry_in_seconds, callback_at, lost_reason } = body;
  const ending = outcome_id === undefined ? undefined : findNamed(book, 'call_outcome', outcome_id);
  if (outcome_id !== undefined && !ending) throw broken('outcome_id', 'unknown_reference');
  const outcome = ending?.name ?? blankless(body.outcome);
  if (outcome === undefined) throw broken('outcome', 'required');
  if (retry_in_seconds !== undefined && callback_at !== undefined) throw broken('callback_at', 'one_key');
  if (retry_in_seconds !== undefined && ending) throw broken('retry_in_seconds', 'not_applicable');
  const named = blankless(lost_reason);
  const lostReason = named === undefined ? undefined : findNamed(book, 'lost_reason', named);
  if (named !== undefined && !lostReason) throw broken('lost_reason', 'unknown_reference');
  const inSeconds = retry_in_seconds === undefined ? undefined : new Date(now.getTime() + retry_in_seconds * 1000);
  return {
    ending,
    outcome,
    note: blankless(note) ?? null,
    againAt: callback_at === undefined ? inSeconds : new Date(callback_at),
    talkSeconds: body.talk_seconds,
    lostReasonId: lostReason?.id ?? null,
  };
}

function broken(at: string, code: 'required' | 'unknown_reference' | 'one_key' | 'not_applicable'): Refused {
  return new Refused(invalid({ at, code }));
}

/** A claimed call as its claimer gets it. */
export function viewClaimed({ call, lead, claimId }: Claimed, book: Book, now: Date) {
  const verdict = canCall(
    { ...lead, phone: call.phone },
    book.get('type', call.type_id),
    now,
    book.workspace.time_zone,
  );
  return {
    call: viewCall(call, book),
    lead: viewLead(lead, book),
    claim_id: claimId,
    why: viewWhy(call, lead, book),
    zone: viewZone(verdict.zone),
    may_call: verdict.may,
    script: book.get('type', call.type_id ?? lead.type_id)?.script ?? null,
  };
}
