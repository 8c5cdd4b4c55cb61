import type { Lead } from './lead.ts';

/** What a lead is called where one line must do: its name, or what else it is known by. */
export function nameOf(lead: Pick<Lead, 'name' | 'company_name' | 'phone' | 'email' | 'number'>): string {
  return lead.name ?? lead.company_name ?? lead.phone ?? lead.email ?? `Lead ${lead.number}`;
}

/** The same in a query, for leads joined as `l`; null where no lead is joined. */
export const leadNameInSql = `coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number)`;
