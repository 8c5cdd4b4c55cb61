import { announce } from '../events/event-store.ts';
import { recordActivity } from '../leads/activity-store.ts';
import { getLead } from '../leads/lead-store.ts';
import { notFound } from '../platform/http/refused.ts';
import { typeId } from '../platform/ids.ts';
import type { Tx } from '../platform/transaction.ts';

/** A call that somebody made by hand, outside the queue. */
export interface HandCall {
  outcome: string;
  note: string | null;
  talkSeconds: number | null;
}

/** Keeps such a call on the lead's timeline; a member's first one is the first reply. */
export async function logCall(
  tx: Tx,
  leadId: string,
  { outcome, note, talkSeconds }: HandCall,
  { actor, at }: { actor: string; at: Date },
): Promise<void> {
  if (!(await getLead(tx, leadId, true))) throw notFound('lead');
  const told = { outcome, note, talk_seconds: talkSeconds };
  await recordActivity(tx, { lead_id: leadId, kind: 'call_logged', actor, detail: told, at });
  await announce(tx, {
    type: 'call.logged',
    lead_id: leadId,
    payload: { lead_id: typeId('lead', leadId), ...told },
    at,
  });
}
