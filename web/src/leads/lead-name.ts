import type { Lead } from './api/get-lead.ts';

type Named = Pick<Lead, 'name' | 'company_name' | 'phone' | 'email' | 'number'> &
  Partial<Pick<Lead, 'first_name' | 'last_name' | 'phone_display'>>;

/** The name of a lead, or the next best thing that identifies it. */
export function nameOf(lead: Named): string {
  const fullName = [lead.first_name, lead.last_name].filter(Boolean).join(' ');
  return (
    lead.name ||
    fullName ||
    lead.company_name ||
    lead.phone_display ||
    lead.phone ||
    lead.email ||
    `Lead ${lead.number}`
  );
}
