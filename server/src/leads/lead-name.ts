import type { Lead } from './lead.ts';

/** One-line display name of a lead: its name, or else its company, phone, email or number. */
export function nameOf(lead: Pick<Lead, 'name' | 'company_name' | 'phone' | 'email' | 'number'>): string {
  return lead.name ?? lead.company_name ?? lead.phone ?? lead.email ?? `Lead ${lead.number}`;
}

/** The same as SQL, for leads joined as `l`; null if no lead is joined. */
export const leadNameInSql = `coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number)`;
