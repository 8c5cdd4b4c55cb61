import { announce } from '../events/event-store.ts';
import { leadDeleted } from '../leads/lead-events.ts';
import { releaseKeys } from '../leads/lead-keys-store.ts';
import { getLead, queueForIndex, removeLead } from '../leads/lead-store.ts';
import { removeMailAbout } from '../mail/mail-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { countOfLead, makeAnonymous, notesOf, removeFromSearch, saveNoteText } from './erase-leads-store.ts';
import { ERASED, escaped } from './identifier-search.ts';
import type { Search } from './judge-row.ts';

/**
 * Erases one lead. With `keepsNotes`, a lead that has notes stays with them, but anonymous. Returns the number of rows
 * removed, by table.
 */
export async function eraseLead(
  tx: Tx,
  leadId: string,
  { keepsNotes, search }: { keepsNotes: boolean; search: Search },
  now: Date,
): Promise<Record<string, number>> {
  const lead = await getLead(tx, leadId, true);
  if (!lead) return {};
  const { notes = 0, ...counts } = await countOfLead(tx, leadId);
  await releaseKeys(tx, leadId);
  await removeFromSearch(tx, leadId);
  await removeMailAbout(tx, leadId);
  if (keepsNotes && notes > 0) {
    await makeAnonymous(tx, leadId, now);
    for (const { id, text } of await notesOf(tx, leadId))
      await saveNoteText(tx, leadId, { id, text: withoutPerson(text, search) });
    await queueForIndex(tx, [leadId], 0);
    await announce(tx, {
      type: 'lead.updated',
      lead_id: leadId,
      lead_version: lead.version + 1,
      payload: { changed: ['name', 'email', 'phone'], submission_id: null },
      at: now,
    });
    return counts;
  }
  await removeLead(tx, leadId);
  await queueForIndex(tx, [leadId], -1);
  await announce(tx, leadDeleted(lead, now));
  return notes > 0 ? { ...counts, notes } : counts;
}

/** The text of a note that is kept, without the person's phones, emails and names. */
function withoutPerson(text: string, { identifiers, person }: Search): string {
  const parts = new Set(person.names.flatMap((name) => [name, ...name.split(/\s+/).filter((part) => part.length > 2)]));
  let redacted = identifiers.redact(text) ?? text;
  for (const part of [...parts].sort((a, b) => b.length - a.length))
    redacted = redacted.replace(new RegExp(`(?<!\\p{L})${escaped(part)}(?!\\p{L})`, 'giu'), ERASED);
  return redacted;
}
