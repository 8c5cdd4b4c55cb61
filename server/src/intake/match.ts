import type { MatchKey } from '../leads/lead-keys.ts';
import { emailKey } from '../platform/email.ts';
import { type BatchState, holdersOf } from './batch/batch-state.ts';
import type { Facts } from './prepare.ts';

/** The lead that a request is about, by these keys; or why a lead that shares a key may be somebody else. */
export interface Match {
  leadId?: string;
  by: MatchKey[];
  doubt?: Doubt;
}

/** `contradiction`: phone and email belong to two leads. `weak_phone`: the phone is not enough to overrule the email. */
type Doubt = 'contradiction' | 'weak_phone';

/**
 * Finds the lead that a request matches. One that came with both the phone and the email comes first, then the one with
 * a certain phone, then the one with the email. Where the two keys belong to different leads, or the phone is not certain
 * and the emails differ, nothing is matched: people decide. Blank values have no key, so they never match.
 */
export function matchLead({ matchKeys }: Facts, batchState: BatchState): Match {
  const phone = matchKeys.find((key) => key.kind === 'phone');
  const email = matchKeys.find((key) => key.kind === 'email');
  const withPhone = phone ? holdersOf(batchState, phone) : [];
  const withEmail = email ? holdersOf(batchState, email) : [];
  const both = withPhone.find((id) => withEmail.includes(id));
  if (phone && email && both) return { leadId: both, by: [phone, email] };
  const [first] = withPhone;
  if (first && withEmail[0] && phone?.isCertain) return { by: [], doubt: 'contradiction' };
  if (email && withEmail[0]) return { leadId: withEmail[0], by: [email] };
  if (!phone || !first) return { by: [] };
  const isDenied = !phone.isCertain && email && hasOtherEmail(first, email, batchState);
  return isDenied ? { by: [], doubt: 'weak_phone' } : { leadId: first, by: [phone] };
}

function hasOtherEmail(leadId: string, email: MatchKey, { leads }: BatchState): boolean {
  const known = leads.get(leadId)?.email;
  const key = known && emailKey(known);
  return Boolean(key) && key !== email.value;
}
