import type { LeadKey } from '../leads/lead-keys.ts';
import { type BatchState, keyText } from './batch/batch-state.ts';
import type { Facts } from './normalise.ts';

export interface Match {
  leadId: string;
  /** Which keys say so. */
  by: LeadKey['kind'][];
}

/**
 * Finds the lead that an arrival is about. The phone decides; the email decides where the phone says nothing. Never on
 * empty values: a blank has no key.
 */
export function matchLead(facts: Facts, batchState: BatchState): Match | undefined {
  const phone = facts.matchKeys.find((key) => key.kind === 'phone');
  const email = facts.matchKeys.find((key) => key.kind === 'email');
  const byPhone = phone && batchState.owners.get(keyText(phone));
  const byEmail = email && batchState.owners.get(keyText(email));
  const leadId = byPhone ?? byEmail;
  if (!leadId) return undefined;
  const by: LeadKey['kind'][] = [];
  if (byPhone === leadId) by.push('phone');
  if (byEmail === leadId) by.push('email');
  return { leadId, by };
}
