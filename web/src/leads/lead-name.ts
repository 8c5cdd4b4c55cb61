import type { Lead } from './api/get-lead.ts';

/** What a lead is called where one line must do. */
export function nameOf(lead: Pick<Lead, 'name' | 'company_name' | 'phone' | 'email' | 'number'>): string {
  return lead.name ?? lead.company_name ?? lead.phone ?? lead.email ?? `Lead ${lead.number}`;
}
