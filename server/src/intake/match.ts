import type { MatchKey } from '../leads/lead-keys.ts';
import { isDerivedName, mayBeOnePerson } from '../leads/lead-name.ts';
import { emailKey } from '../platform/email.ts';
import { type BatchState, holdersOf } from './batch/batch-state.ts';
import type { Facts } from './prepare.ts';

/** The lead that a request is about, by these keys; or why a lead that shares a key may be somebody else. */
export interface Match {
  leadId?: string;
  by: MatchKey[];
  doubt?: Doubt;
}

/**
 * `contradiction`: phone and email belong to two leads. `weak_phone`: the phone is not enough to overrule the email.
 * `other_person`: whoever has this phone has another email and another name.
 */
type Doubt = 'contradiction' | 'weak_phone' | 'other_person';

/**
 * Finds the lead that a request matches. One that came with both the phone and the email comes first, then the one with
 * a certain phone, then the one with the email. Where the two keys belong to different leads, or the emails differ and
 * so do the names, or the phone is not certain, nothing is matched: people decide. Blank values have no key, so they
 * never match. With `byPhone` (a dialect that knows people by their number), names do not matter; nor does one that was
 * derived from something else.
 */
export function matchLead(
  facts: Facts,
  batchState: BatchState,
  { byPhone, derivedName }: { byPhone?: boolean; derivedName?: unknown } = {},
): Match {
  const phone = facts.matchKeys.find((key) => key.kind === 'phone');
  const email = facts.matchKeys.find((key) => key.kind === 'email');
  const withPhone = phone ? holdersOf(batchState, phone) : [];
  const withEmail = email ? holdersOf(batchState, email) : [];
  const both = withPhone.find((id) => withEmail.includes(id));
  if (phone && email && both) return { leadId: both, by: [phone, email] };
  const [first] = withPhone;
  if (first && withEmail[0] && phone?.isCertain) return { by: [], doubt: 'contradiction' };
  if (email && withEmail[0]) return { leadId: withEmail[0], by: [email] };
  if (!phone || !first) return { by: [] };
  const name = derivedName === undefined ? nameIn(facts) : undefined;
  const fits = (id: string) =>
    !hasOtherEmail(id, email, batchState) || (phone.isCertain && (byPhone || hasName(id, name, batchState)));
  const fitting = withPhone.filter(fits);
  const leadId = fitting.find((id) => hasName(id, name, batchState)) ?? fitting[0];
  return leadId ? { leadId, by: [phone] } : { by: [], doubt: phone.isCertain ? 'other_person' : 'weak_phone' };
}

function hasOtherEmail(leadId: string, email: MatchKey | undefined, { leads }: BatchState): boolean {
  const known = leads.get(leadId)?.email;
  const key = known && email && emailKey(known);
  return Boolean(key) && key !== email?.value;
}

/** A name that was made up from an address or a company says nothing of who it is. */
function hasName(leadId: string, name: string | undefined, { leads }: BatchState): boolean {
  const lead = leads.get(leadId);
  return !lead || isDerivedName(lead) || mayBeOnePerson(lead.name, name);
}

function nameIn({ values: { name, first_name, last_name } }: Facts): string {
  return name ?? [first_name, last_name].filter(Boolean).join(' ');
}
