import type { Lead } from '../../leads/lead.ts';
import { emailKeyOf, type PhoneSent, phoneKey } from '../../leads/lead-keys.ts';
import { getLead, leadIdByKey, leadIdByNumber, leadIdsByPhones } from '../../leads/lead-store.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { numbersAnywhere } from '../../platform/phone/show-phone.ts';
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
  const email = ref.email ? emailKeyOf(ref.email) : undefined;
  return email && leadIdByKey(tx, 'email', email.value);
}

/**
 * The lead with this number. A number without a country code is that of a lead in another country than the caller's if
 * it is the whole national number of one lead only; the end of a number is nobody's.
 */
async function findByPhone(tx: Tx, phone: PhoneSent, region: string): Promise<string | undefined> {
  const key = phoneKey(phone, region);
  const id = key && (await leadIdByKey(tx, 'phone', key));
  if (id || phone.callingCode) return id;
  const anywhere = numbersAnywhere(phone.sent);
  const found = anywhere.length > 0 ? await leadIdsByPhones(tx, anywhere) : [];
  return found.length === 1 ? found[0] : undefined;
}
