import type { Lead } from '../leads/lead.ts';
import { contactKeysOf, type MatchKey } from '../leads/lead-keys.ts';
import { compareNames, knownName } from '../leads/lead-name.ts';
import { emailKey } from '../platform/email.ts';
import { certaintyOf, identityOf } from '../platform/phone/show-phone.ts';
import { type BatchState, holdersOf } from './batch/batch-state.ts';
import type { Facts } from './prepare.ts';

/**
 * The lead that a request is about and the keys that led to it, or why a lead that shares a key may be somebody else.
 */
export interface Match {
  leadId?: string;
  by: MatchKey[];
  doubt?: Doubt;
}

/**
 * `contradiction`: phone and email belong to different leads. `weak_phone`: the phone is not certain enough to identify
 * the person. `other_person`: the lead with this key has a different or unknown name, and a different email or phone.
 * `several`: leads with different names share the key, and the request may be about any of them.
 */
type Doubt = 'contradiction' | 'weak_phone' | 'other_person' | 'several';

/**
 * Finds the lead that a request matches: preferably one with both the phone and the email, then one with a certain
 * phone, then one with the email. Nothing is matched, and people decide, if the two keys belong to different leads; if
 * one key agrees, but the other one differs and the names do not agree; if an uncertain phone comes with another email,
 * or a merely possible one with another name; or if several people share the key. Blank values have no key, so they
 * never match. With `byPhone` (for dialects that identify people by number), names do not matter; nor does a name that
 * was derived from something else.
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
  const leadOf = (id: string) => batchState.leads.get(id);
  const both = withEmail.find((id) => withPhone.includes(id) || hasKey(leadOf(id), phone));
  if (phone && email && both) return { leadId: both, by: [phone, email] };
  if (phone?.isCertain && withPhone[0] && withEmail[0]) return { by: [], doubt: 'contradiction' };
  const name = derivedName === undefined ? nameIn(facts) : undefined;
  if (email && withEmail[0]) {
    const isHers = (lead: Lead | undefined) => !hasOtherPhone(lead, phone) || nameFits(lead, name) !== 'unlike';
    return choose(withEmail.map(leadOf).filter(isHers), { name, by: email }, withEmail[0]);
  }
  if (!phone || !withPhone[0]) return { by: [] };
  const isHers = (lead: Lead | undefined) => {
    const fit = nameFits(lead, name);
    if (hasOtherEmail(lead, email)) return phone.isCertain && (byPhone || fit === 'alike');
    return fit !== 'unlike' || isOfPlan(phone);
  };
  return choose(withPhone.map(leadOf).filter(isHers), { name, by: phone, anyOfSeveral: byPhone }, withPhone[0]);
}

/**
 * The lead whose name agrees; otherwise one whose name is unknown; otherwise the first, unless the leads
 * belong to several people. `first` is the id to return if the leads were not loaded, as when the request
 * creates its own lead in any case.
 */
function choose(
  fitting: (Lead | undefined)[],
  { name, by, anyOfSeveral }: { name: string | undefined; by: MatchKey; anyOfSeveral?: boolean | undefined },
  first: string,
): Match {
  if (fitting.length === 0) return { by: [], doubt: by.isCertain ? 'other_person' : 'weak_phone' };
  const named = (fit: ReturnType<typeof nameFits>) => fitting.find((lead) => nameFits(lead, name) === fit);
  const chosen = named('alike') ?? fitting.find((lead) => lead && knownName(lead) === undefined);
  if (!chosen && !anyOfSeveral && isSeveral(fitting)) return { by: [], doubt: 'several' };
  return { leadId: (chosen ?? fitting[0])?.id ?? first, by: [by] };
}

/** Whether the number is valid in its country's numbering plan, even if it looks invented. */
function isOfPlan({ value }: MatchKey): boolean {
  return certaintyOf(value.split(';')[0] ?? value) === 'valid';
}

function isSeveral(leads: readonly (Lead | undefined)[]): boolean {
  return leads.some((lead) => compareNames(leads[0]?.name, lead?.name) === 'unlike');
}

function hasOtherEmail(lead: Lead | undefined, email: MatchKey | undefined): boolean {
  const key = lead?.email && email && emailKey(lead.email);
  return Boolean(key) && key !== email?.value;
}

/** Whether the lead has another phone, and both are certain enough to indicate two different people. */
function hasOtherPhone(lead: Lead | undefined, phone: MatchKey | undefined): boolean {
  if (!lead?.phone || !phone?.isCertain || identityOf(lead.phone) !== 'certain') return false;
  return !hasKey(lead, phone);
}

function hasKey(lead: Lead | undefined, key: MatchKey | undefined): boolean {
  return Boolean(
    lead && key && contactKeysOf(lead).some(({ kind, value }) => kind === key.kind && value === key.value),
  );
}

/** Whether the lead's name agrees with the name sent. */
function nameFits(lead: Lead | undefined, name: string | undefined): ReturnType<typeof compareNames> {
  return lead ? compareNames(knownName(lead), name) : 'alike';
}

function nameIn({ values: { name, first_name, last_name } }: Facts): string {
  return name ?? [first_name, last_name].filter(Boolean).join(' ');
}
