import { announce } from '../events/event-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { FieldChange } from './activity-kinds.ts';
import { recordActivity } from './activity-store.ts';
import type { Lead } from './lead.ts';
import { leadChanged } from './lead-events.ts';
import { contactKeysOf, secondKeysOf } from './lead-keys.ts';
import { claimKeys, releaseKeys, type StoredKey } from './lead-keys-store.ts';
import { findNotToCall, queueForIndex, readKept, saveLead } from './lead-store.ts';

/** A change to a lead, with additional information for the timeline. */
export interface LeadChange {
  /** The lead as read and locked in this transaction. */
  before: Lead;
  /** The lead with the new values; its version and update time are set here. */
  lead: Lead;
  changes: readonly FieldChange[];
  /** Kind of the timeline entry, if it is not a plain change of fields. */
  kind?: 'do_not_call' | 'do_not_call_lifted';
  actor: string;
  reason?: string | undefined;
  detail?: { dialect?: string; recheck?: 'repaired' | 'undone'; reason?: string | null; cancelled?: number };
  submission_id?: string | null;
  referenceData: ReferenceData;
  at: Date;
}

/**
 * The only way to change a stored lead. Writes the row with a new version, its keys, timeline entry and event, and
 * queues it for the search index, all in the current transaction. Without changes, only the row is written, for values
 * not shown on the timeline such as the phone as sent. (Submissions are written in batches instead.)
 */
export async function saveLeadChange(tx: Tx, change: LeadChange): Promise<void> {
  const { before, lead, changes, actor, reason, referenceData, at } = change;
  if (changes.length === 0) return saveLead(tx, lead);
  // The corrected number may belong to somebody who asked not to be called.
  if (lead.phone !== null && lead.phone !== before.phone && !lead.do_not_call_since)
    lead.do_not_call_since = (await findNotToCall(tx, [lead.phone]))[0]?.since ?? null;
  lead.version += 1;
  lead.updated_at = at;
  await saveLead(tx, lead);
  await moveKeys(tx, before, lead);
  const moved = changes.some(({ field }) => field === 'status_id');
  await recordActivity(tx, {
    lead_id: lead.id,
    kind: change.kind ?? (moved ? 'status_changed' : 'lead_updated'),
    actor,
    reason,
    detail: { ...change.detail, changes },
    submission_id: change.submission_id ?? null,
    at,
  });
  await announce(tx, ...leadChanged(lead, changes, referenceData, { at, submissionId: change.submission_id ?? null }));
  await queueForIndex(tx, [lead.id], 0);
  // Moving a lead may count as the first reply, which the database records.
  if (moved) Object.assign(lead, await readKept(tx, lead.id));
}

/** Makes a corrected phone or email the matching key instead of the old one. */
async function moveKeys(tx: Tx, before: Lead, lead: Lead): Promise<void> {
  const old = keysOf(before);
  const now = keysOf(lead);
  const gone = old.filter((key) => !now.some((other) => isSame(key, other)));
  const come = now.filter((key) => !old.some((other) => isSame(key, other)));
  if (gone.length > 0) await releaseKeys(tx, lead.id, gone);
  await claimKeys(tx, lead.id, come);
}

function keysOf(lead: Lead): StoredKey[] {
  return [...contactKeysOf(lead), ...secondKeysOf(lead).map((key) => ({ ...key, isSecond: true }))];
}

function isSame(a: StoredKey, b: StoredKey): boolean {
  return a.kind === b.kind && a.value === b.value && Boolean(a.isSecond) === Boolean(b.isSecond);
}
