import { announce } from '../events/event-store.ts';
import { recordActivity } from '../leads/activity-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { changesBetween, describeChanges } from './deal-changes.ts';
import { type StoredDeal, saveDeal } from './deal-store.ts';
import { aboutDeal } from './deal-view.ts';

/**
 * Stores a changed deal, announces the change, and records it on the lead's timeline. Returns false if nothing
 * is different.
 */
export async function saveDealChange(
  tx: Tx,
  { before, after }: { before: StoredDeal; after: StoredDeal },
  { referenceData, actor, at }: { referenceData: ReferenceData; actor: string; at: Date },
): Promise<boolean> {
  const changes = changesBetween(before, after, referenceData);
  if (changes.length === 0) return false;
  await saveDeal(tx, after);
  const payload = { ...aboutDeal(after, referenceData), changed: changes.map(({ field }) => field) };
  await announce(tx, { type: 'deal.updated', lead_id: after.lead_id, payload, at });
  await recordActivity(tx, {
    lead_id: after.lead_id,
    kind: 'deal_changed',
    actor,
    reason: describeChanges(before, after, changes, referenceData),
    detail: { id: after.id, changes },
    at,
  });
  return true;
}
