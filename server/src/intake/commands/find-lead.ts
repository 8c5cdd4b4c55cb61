import type { Lead } from '../../leads/lead.ts';
import type { PhoneSent } from '../../leads/lead-keys.ts';
import { phoneKey } from '../../leads/lead-keys.ts';
import { getLead, leadIdByKey, leadIdByNumber, leadIdByPhoneEnd } from '../../leads/lead-store.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { emailKey } from '../../platform/email.ts';
import { setVisibility } from '../../workspaces/access/visibility-store.ts';
import type { LeadRef } from '../command.ts';
import type { CommandContext } from './performer.ts';

/**
 * Finds the lead that a command refers to. By contact, the phone is tried before the email. Leads hidden from the
 * caller are not found: row-level security is applied to this look-up only, because later steps (possible duplicates,
 * keys) must see all leads.
 */
export async function findLead(
  tx: Tx,
  ref: LeadRef,
  { caller }: Pick<CommandContext, 'caller'>,
  lock = false,
): Promise<Lead | undefined> {
  const { visibility } = caller;
  if (!visibility) return find(tx, ref, caller.region, lock);
  const [, lead] = await Promise.all([setVisibility(tx, visibility), find(tx, ref, caller.region, lock)]);
  await setVisibility(tx, undefined);
  return lead;
}

async function find(tx: Tx, ref: LeadRef, region: string, lock: boolean): Promise<Lead | undefined> {
  const id = await findLeadId(tx, ref, region);
  return id === undefined ? undefined : getLead(tx, id, lock);
}

async function findLeadId(tx: Tx, ref: LeadRef, region: string): Promise<string | undefined> {
  if (ref.by === 'id') return ref.id;
  if (ref.by === 'number') return leadIdByNumber(tx, ref.number);
  const byPhone = ref.phone && (await findByPhone(tx, ref.phone, region));
  if (byPhone) return byPhone;
  const email = ref.email && emailKey(ref.email);
  return email ? leadIdByKey(tx, 'email', email) : undefined;
}

async function findByPhone(tx: Tx, phone: PhoneSent, region: string): Promise<string | undefined> {
  const key = phoneKey(phone, region);
  if (!key) return undefined;
  const id = (await leadIdByKey(tx, 'phone', key)) ?? (await leadIdByPhoneEnd(tx, key.slice(1)));
  if (id || phone.callingCode) return id;
  // The region was only assumed; the lead may be in another country.
  return leadIdByPhoneEnd(tx, phone.sent.replace(/\D/g, ''));
}
