import type { Lead } from '../../leads/lead.ts';
import type { PhoneSent } from '../../leads/lead-keys.ts';
import { phoneKey } from '../../leads/lead-keys.ts';
import { getLead, leadIdByKey, leadIdByNumber, leadIdByPhoneEnd } from '../../leads/lead-store.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { emailKey } from '../../platform/email.ts';
import type { LeadRef } from '../command.ts';

/** Finds the lead that is meant, through whichever dialect it came. By contact: the phone first, then the email. */
export async function findLead(tx: Tx, ref: LeadRef, region: string, lock = false): Promise<Lead | undefined> {
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
  // The region was only assumed: the lead's own country may be another.
  return leadIdByPhoneEnd(tx, phone.sent.replace(/\D/g, ''));
}
