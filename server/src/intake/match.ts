import type { Facts, LeadKey } from './normalise.ts';
import { keyText, type Scene } from './scene.ts';

export interface Match {
  leadId: string;
  /** Which keys say so. */
  by: LeadKey['kind'][];
}

/**
 * Finds the lead that an arrival is about. The phone decides; the e-mail decides where the phone says nothing. Never on
 * empty values: a blank has no key.
 */
export function matchLead(facts: Facts, scene: Scene): Match | undefined {
  const phone = facts.matchKeys.find((key) => key.kind === 'phone');
  const email = facts.matchKeys.find((key) => key.kind === 'email');
  const byPhone = phone && scene.owners.get(keyText(phone));
  const byEmail = email && scene.owners.get(keyText(email));
  const leadId = byPhone ?? byEmail;
  if (!leadId) return undefined;
  const by: LeadKey['kind'][] = [];
  if (byPhone === leadId) by.push('phone');
  if (byEmail === leadId) by.push('email');
  return { leadId, by };
}
