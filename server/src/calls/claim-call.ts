import { notFound, Refused } from '../http/refused.ts';
import type { Lead } from '../leads/lead.ts';
import { getLead } from '../leads/lead-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { atWork, demandFree } from './agent-desk.ts';
import { type AgentContext, aboutCall, cannotCall, tell } from './call-desk.ts';
import type { Call } from './call-store.ts';
import { canCall, type Verdict, whyNot } from './can-call.ts';
import {
  claimOf,
  dueOfRank,
  findOffer,
  lockFirstFree,
  type Offer,
  putOff,
  takeCall,
  type Wanted,
  waitingRanks,
} from './queue-store.ts';

/** A call that somebody has, with its lead and the secret of the claim. */
export interface Claimed {
  call: Call;
  lead: Lead;
  claimId: string;
}

/** What is asked for: the next call, or a certain one. */
export interface Asked {
  leaseSeconds: number;
  typeId?: string | undefined;
  callId?: string | undefined;
  leadId?: string | undefined;
}

/**
 * Gives the agent a call with its lead; undefined when none is due. A member holds one call at a time, so whoever asks
 * again gets the one they have. It must run in a transaction without sight: what the agent sees is in the desk.
 */
export async function claim(tx: Tx, asked: Asked, agentContext: AgentContext): Promise<Claimed | undefined> {
  const held = agentContext.memberId ? await claimOf(tx, agentContext.memberId) : undefined;
  if (held?.claim_expires_at && held.claim_expires_at > agentContext.now) return keepHeld(tx, held, asked);
  if (agentContext.memberId) await demandFree(tx, agentContext.memberId, agentContext.now);
  const wanted = { now: agentContext.now, typeId: asked.typeId, visibility: agentContext.visibility };
  if (asked.callId || asked.leadId) return claimThis(tx, asked, wanted, agentContext);
  const patience = { left: MOST_PUT_OFF };
  for (const rank of await waitingRanks(tx)) {
    const id = await firstLawful(tx, rank, wanted, agentContext.referenceData, patience);
    const taken = id && (await take(tx, id, asked.leaseSeconds, agentContext));
    if (taken) return taken;
  }
  return undefined;
}

async function keepHeld(tx: Tx, call: Call, { callId, leadId }: Asked): Promise<Claimed> {
  if ((callId && callId !== call.id) || (leadId && leadId !== call.lead_id))
    throw new Refused({
      kind: 'own_conflict',
      code: 'agent_state',
      detail: 'You have another call at the moment. Finish it or give it back first.',
    });
  return withLead(tx, call, call.claim_id ?? '');
}

async function claimThis(tx: Tx, asked: Asked, wanted: Wanted, agentContext: AgentContext): Promise<Claimed> {
  const offer = await findOffer(tx, asked, wanted);
  if (!offer) throw notFound('call');
  const verdict = judge(offer, agentContext.referenceData, agentContext.now);
  if (!verdict.may) throw cannotCall(whyNot(verdict, typeOf(offer, agentContext.referenceData)));
  const id = await lockFirstFree(tx, [offer.id], agentContext.now);
  const taken = id && (await take(tx, id, asked.leaseSeconds, agentContext));
  if (!taken) throw cannotCall('Somebody else has this lead at the moment.');
  return taken;
}

const AT_ONCE = 50;
/** So many calls are put off for one claim; whoever finds only such asks again, and the next ones are looked at. */
const MOST_PUT_OFF = 500;

/** The first call of a rank that may be made now, locked. Those that may not yet are put off until they may. */
async function firstLawful(
  tx: Tx,
  rank: number,
  wanted: Wanted,
  referenceData: ReferenceData,
  patience: { left: number },
): Promise<string | undefined> {
  while (patience.left > 0) {
    const offers = await dueOfRank(tx, rank, wanted, AT_ONCE);
    const judged = offers.map((offer) => ({ offer, verdict: judge(offer, referenceData, wanted.now) }));
    const later = judged.flatMap(({ offer, verdict }) =>
      verdict.may ? [] : [{ id: offer.id, until: verdict.at ?? new Date(wanted.now.getTime() + 86_400_000) }],
    );
    if (later.length > 0) await putOff(tx, later);
    patience.left -= later.length;
    const lawful = judged.filter(({ verdict }) => verdict.may).map(({ offer }) => offer.id);
    const id = lawful.length > 0 ? await lockFirstFree(tx, lawful, wanted.now) : undefined;
    if (id || later.length === 0) return id;
  }
  return undefined;
}

/** May this waiting call be made now? */
export function judge(offer: Offer, referenceData: ReferenceData, now: Date): Verdict {
  return canCall(offer, typeOf(offer, referenceData), now, referenceData.workspace.time_zone);
}

function typeOf({ type_id }: Pick<Call, 'type_id'>, referenceData: ReferenceData) {
  return referenceData.get('type', type_id);
}

async function take(
  tx: Tx,
  id: string,
  leaseSeconds: number,
  agentContext: AgentContext,
): Promise<Claimed | undefined> {
  const claimId = uuidv7();
  const expiresAt = new Date(agentContext.now.getTime() + leaseSeconds * 1000);
  const { agent, memberId, now } = agentContext;
  const call = await takeCall(tx, id, { claimId, by: agent, memberId, now, expiresAt });
  if (!call) return undefined;
  const detail = { ...aboutCall(call, agentContext), claim_expires_at: expiresAt };
  await tell(tx, call, 'call_claimed', `${agent} took the call.`, detail, agentContext);
  if (memberId) await atWork(tx, memberId, call.id, now);
  return withLead(tx, call, claimId);
}

/** A claimed call together with its lead. */
export async function withLead(tx: Tx, call: Call, claimId: string): Promise<Claimed> {
  const lead = await getLead(tx, call.lead_id);
  if (!lead) throw notFound('call');
  return { call, lead, claimId };
}
