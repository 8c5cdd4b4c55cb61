import { announce } from '../../events/event-store.ts';
import { recordActivity } from '../../leads/activity-store.ts';
import type { Lead } from '../../leads/lead.ts';
import { leadChanged } from '../../leads/lead-events.ts';
import { contactKeysOf } from '../../leads/lead-keys.ts';
import { claimKeys, releaseKeys } from '../../leads/lead-keys-store.ts';
import { queueForIndex, readKept, saveLead } from '../../leads/lead-store.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { Change } from '../apply.ts';
import { reasons } from '../reasons.ts';
import type { CommandContext } from './performer.ts';

/**
 * Stores a lead that was locked and changed: row, keys, timeline, event and index in the transaction at hand.
 * `before` is the lead as it was; nothing is written when nothing changed.
 */
export async function storeChange(
  tx: Tx,
  before: Lead,
  lead: Lead,
  changes: readonly Change[],
  why: { reason?: string },
  { caller, actor, referenceData, now, submissionId, readings = [] }: CommandContext,
): Promise<void> {
  if (changes.length === 0) return saveLead(tx, lead);
  lead.version += 1;
  lead.updated_at = now;
  await saveLead(tx, lead);
  await moveKeys(tx, before, lead);
  const status = changes.find((change) => change.field === 'status_id');
  await recordActivity(tx, {
    lead_id: lead.id,
    kind: status ? 'status_changed' : 'lead_updated',
    actor,
    reason: [why.reason, reasons.readAs(readings)].filter(Boolean).join(' ') || undefined,
    detail: { dialect: caller.dialect, changes },
    submission_id: submissionId,
    at: now,
  });
  await announce(tx, ...leadChanged(lead, changes, referenceData, { at: now, submissionId }));
  await queueForIndex(tx, [lead.id], 0);
  // A person who moves a lead on has replied to it.
  if (status) Object.assign(lead, await readKept(tx, lead.id));
}

/** A corrected phone or e-mail is matched from now on; the old one no longer. */
async function moveKeys(tx: Tx, before: Lead, lead: Lead): Promise<void> {
  const old = contactKeysOf(before);
  const now = contactKeysOf(lead);
  const gone = old.filter((key) => !now.some((other) => other.kind === key.kind && other.value === key.value));
  const come = now.filter((key) => !old.some((other) => other.kind === key.kind && other.value === key.value));
  if (gone.length > 0) await releaseKeys(tx, lead.id, gone);
  await claimKeys(tx, lead.id, come);
}
