import type { Tx } from '../platform/database/transaction.ts';
import type { Lead } from './lead.ts';
import { leadColumns } from './lead-row.ts';
import { leadsById } from './lead-store.ts';

/** A lead that a query found, and the state of its row. */
export interface FoundLead {
  id: string;
  row_state: string;
}

/**
 * SQL for the state of a lead's row: two reads with the same state have read the same row. On a single server, the
 * transaction that wrote the row (`xmin`) would suffice; version and time tell rows apart whose transactions were
 * renumbered after a failover.
 */
export const rowState = "xmin || ' ' || version || ' ' || updated_at";

/** Most leads kept in memory, enough for those that a team works on. A lead takes about 4 kB. */
const MOST_REMEMBERED = 2_000;
const remembered = new Map<string, { rowState: string; lead: Lead }>();

/**
 * The leads that a query found, in the query's order. Rows that have not changed since they were last read come from
 * memory; the query has already checked that the caller may see them. Leads deleted meanwhile are left out. The leads
 * must not be modified, because other requests get the same objects.
 */
export async function recallLeads(tx: Tx, found: readonly FoundLead[]): Promise<Lead[]> {
  const leads = new Map<string, Lead>();
  for (const { id, row_state } of found) {
    const known = remembered.get(id);
    if (known?.rowState === row_state) leads.set(id, known.lead);
  }
  const missing = found.flatMap(({ id }) => (leads.has(id) ? [] : [id]));
  if (missing.length > 0) for (const lead of await readAndRemember(tx, missing)) leads.set(lead.id, lead);
  return found.flatMap(({ id }) => leads.get(id) ?? []);
}

/** Reads leads by id, for display only. Leads that the transaction may not see are left out. */
export async function readLeadsById(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Lead>> {
  if (ids.length === 0) return new Map();
  const found = await tx.query<FoundLead>(leadsById(`id, ${rowState} AS row_state`), [tx.workspaceId, ids], {
    name: 'lead_states',
    plannedOnce: true,
  });
  return new Map((await recallLeads(tx, found)).map((lead) => [lead.id, lead]));
}

async function readAndRemember(tx: Tx, ids: readonly string[]): Promise<Lead[]> {
  const rows = await tx.query<Lead & { row_state: string }>(
    leadsById(`${leadColumns}, ${rowState} AS row_state`),
    [tx.workspaceId, ids],
    { name: 'leads_by_id', plannedOnce: true },
  );
  if (remembered.size + rows.length > MOST_REMEMBERED) remembered.clear();
  return rows.map(({ row_state, ...row }) => {
    const lead = Object.freeze(row) as Lead;
    remembered.set(lead.id, { rowState: row_state, lead });
    return lead;
  });
}
