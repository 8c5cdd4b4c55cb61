import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { Refused } from '../http/refused.ts';
import { actorIn, contextOf, memberIn } from '../http/request-context.ts';
import { blankless } from '../http/text.ts';
import { extensionOf } from '../leads/lead-keys.ts';
import { viewLead } from '../leads/lead-view.ts';
import { formatPhone } from '../platform/phone/show-phone.ts';
import { invalid } from '../platform/problem.ts';
import { findNamed } from '../workspaces/find-named.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { AgentContext } from './call-desk.ts';
import { viewWhy, viewZone } from './call-reason-view.ts';
import { type callOutcome, LEASE_SECONDS, MEMBER_LEASE_SECONDS } from './call-shapes.ts';
import { viewCall } from './call-view.ts';
import { canCall } from './can-call.ts';
import type { Claimed } from './claim-call.ts';
import type { ReportedOutcome } from './follow-outcome.ts';

/** Determines who makes the calls in a request: the signed-in member, or the agent named in a token's request. */
export function agentContextOf(request: FastifyRequest, named?: string): AgentContext {
  const { at, referenceData, caller, visibility } = contextOf(request);
  const member = memberIn(request);
  const actor = actorIn(request);
  const agent = member?.name ?? blankless(named) ?? caller.token_name ?? actor;
  return { actor, agent, memberId: member?.id ?? null, visibility, referenceData, now: at };
}

/** How long a claim lasts: the time requested, otherwise the default for members or tokens. */
export function leaseSeconds(request: FastifyRequest, requested: number | undefined): number {
  return requested ?? (memberIn(request) ? MEMBER_LEASE_SECONDS : LEASE_SECONDS);
}

/** The lead type named in a request, if any. */
export function typeOf(type: string | null | undefined, referenceData: ReferenceData): string | undefined {
  const named = blankless(type);
  if (named === undefined) return undefined;
  const found = findNamed(referenceData, 'type', named);
  if (!found) throw new Refused(invalid({ at: 'type', code: 'unknown_reference' }));
  return found.id;
}

/** Reads and validates an agent's report of a call. */
export function readTold(
  body: Omit<Static<typeof callOutcome.schema>, 'claim_id'>,
  { referenceData, now }: AgentContext,
): ReportedOutcome {
  const { outcome_id, note, retry_in_seconds, callback_at, lost_reason } = body;
  const ending = outcome_id === undefined ? undefined : findNamed(referenceData, 'call_outcome', outcome_id);
  if (outcome_id !== undefined && !ending) throw broken('outcome_id', 'unknown_reference');
  const outcome = ending?.name ?? blankless(body.outcome);
  if (outcome === undefined) throw broken('outcome', 'required');
  if (retry_in_seconds !== undefined && callback_at !== undefined) throw broken('callback_at', 'one_key');
  if (retry_in_seconds !== undefined && ending) throw broken('retry_in_seconds', 'not_applicable');
  const named = blankless(lost_reason);
  const lostReason = named === undefined ? undefined : findNamed(referenceData, 'lost_reason', named);
  if (named !== undefined && !lostReason) throw broken('lost_reason', 'unknown_reference');
  const inSeconds = retry_in_seconds === undefined ? undefined : new Date(now.getTime() + retry_in_seconds * 1000);
  return {
    ending,
    outcome,
    note: blankless(note) ?? null,
    againAt: callback_at === undefined ? inSeconds : new Date(callback_at),
    talkSeconds: body.talk_seconds,
    lostReasonId: lostReason?.id ?? null,
    nextStep: readNextStep(body.next_step),
  };
}

function readNextStep(step: Static<typeof callOutcome.schema>['next_step']): ReportedOutcome['nextStep'] {
  if (!step) return undefined;
  const name = blankless(step.name);
  if (name === undefined) throw broken('next_step.name', 'required');
  return { name, dueAt: new Date(step.due_at) };
}

function broken(at: string, code: 'required' | 'unknown_reference' | 'one_key' | 'not_applicable'): Refused {
  return new Refused(invalid({ at, code }));
}

/** A claimed call as shown to the member who claimed it. */
export function viewClaimed({ call, lead, claimId }: Claimed, referenceData: ReferenceData, now: Date) {
  const verdict = canCall(
    { ...lead, phone: call.phone },
    referenceData.get('type', call.type_id ?? lead.type_id),
    now,
    referenceData.workspace,
  );
  const extension = call.phone === lead.phone ? extensionOf(lead) : undefined;
  const display = formatPhone(call.phone, referenceData.workspace.region, extension);
  return {
    call: { ...viewCall(call, referenceData), phone_display: display },
    lead: viewLead(lead, referenceData),
    claim_id: claimId,
    why: viewWhy(call, lead, referenceData),
    zone: viewZone(verdict.zone),
    may_call: verdict.may,
    script: referenceData.get('type', call.type_id ?? lead.type_id)?.script ?? null,
  };
}
