import type { Lead } from '../../leads/lead.ts';
import { emailKeyOf, type PhoneSent, phoneKey } from '../../leads/lead-keys.ts';
import { compareNames, knownName } from '../../leads/lead-name.ts';
import { getLead, type KeyHolder, leadIdByNumber, leadsByKeys } from '../../leads/lead-store.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { numbersAnywhere } from '../../platform/phone/show-phone.ts';
import { asSeenBy } from '../../workspaces/access/visibility-store.ts';
import type { LeadRef } from '../command.ts';
import type { CommandContext } from './performer.ts';

/**
 * Finds the lead that a command refers to. A contact is found by phone and email together, or by whichever of the two
 * is known. Leads hidden from the caller are not found: row-level security is applied to this look-up only, because
 * later steps (possible duplicates, keys) must see all leads.
 */
export async function findLead(
  tx: Tx,
  ref: LeadRef,
  { caller }: Pick<CommandContext, 'caller'>,
  lock = false,
): Promise<Lead | undefined> {
  const { visibility } = caller;
  if (!visibility) return find(tx, ref, caller.region, lock);
  return asSeenBy(tx, visibility, () => find(tx, ref, caller.region, lock));
}

async function find(tx: Tx, ref: LeadRef, region: string, lock: boolean): Promise<Lead | undefined> {
  const id = await findLeadId(tx, ref, region);
  return id === undefined ? undefined : getLead(tx, id, lock);
}

async function findLeadId(tx: Tx, ref: LeadRef, region: string): Promise<string | undefined> {
  if (ref.by === 'id') return ref.id;
  if (ref.by === 'number') return leadIdByNumber(tx, ref.number);
  const email = ref.email ? emailKeyOf(ref.email) : undefined;
  const withPhone = ref.phone ? await holdersOfPhone(tx, ref.phone, region) : [];
  const withEmail = email ? await leadsByKeys(tx, 'email', [email.value]) : [];
  const both = withPhone.find(({ id }) => withEmail.some((other) => other.id === id));
  if (both) return both.id;
  // Phone and email belong to different leads, so neither lead is chosen.
  if (withPhone.length > 0 && withEmail.length > 0) return undefined;
  return firstOfOnePerson(withPhone.length > 0 ? withPhone : withEmail)?.id;
}

/**
 * The leads with this number. A number without a country code that no lead has in the caller's country is also
 * tried as a complete national number of other countries, and accepted if leads have it in only one of them. A
 * partial number never matches.
 */
async function holdersOfPhone(tx: Tx, phone: PhoneSent, region: string): Promise<KeyHolder[]> {
  const key = phoneKey(phone, region);
  const holders = key ? await leadsByKeys(tx, 'phone', [key]) : [];
  if (holders.length > 0 || phone.callingCode) return holders;
  const anywhere = numbersAnywhere(phone.sent);
  const found = anywhere.length > 0 ? await leadsByKeys(tx, 'phone', anywhere) : [];
  return new Set(found.map(({ value }) => value)).size === 1 ? found : [];
}

/** The first lead; undefined if several people share the phone or email. */
function firstOfOnePerson([first, ...others]: readonly KeyHolder[]): KeyHolder | undefined {
  const isSomebodyElse = (other: KeyHolder) => compareNames(first && knownName(first), knownName(other)) === 'unlike';
  return others.some(isSomebodyElse) ? undefined : first;
}
