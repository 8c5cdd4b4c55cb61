import { leadNameInSql } from '../leads/lead-name.ts';
import { listOfLead, oneOfLead } from '../leads/lead-sublist-store.ts';
import type { Tx } from '../platform/database/transaction.ts';

export interface Deal {
  id: string;
  lead_id: string;
  name: string | null;
  stage_id: string;
  amount: number | null;
  /** YYYY-MM-DD. */
  start_date: string | null;
  end_date: string | null;
  note: string | null;
  owner_id: string | null;
  /** When the deal reached a won or lost stage; null while it is open. */
  closed_at: Date | null;
}

export interface StoredDeal extends Deal {
  actor: string;
  created_at: Date;
  updated_at: Date;
}

/** A deal with the name of its lead. */
export interface ShownDeal extends StoredDeal {
  lead_name: string;
}

/** The columns to read for a deal `d` and its lead `l`. */
export const shownDeal = `d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id,
  d.closed_at, d.actor, d.created_at, d.updated_at, ${leadNameInSql} AS lead_name`;

/** Deals joined with their leads. */
export const dealsWithLeads = 'deals d JOIN leads l ON l.workspace_id = d.workspace_id AND l.id = d.lead_id';

const deals = { columns: shownDeal, from: dealsWithLeads, as: 'd' };

const editable = (deal: Deal) => {
  const { name, stage_id, amount, start_date, end_date, note, owner_id, closed_at } = deal;
  return [name, stage_id, amount, start_date, end_date, note, owner_id, closed_at];
};

export async function addDeal(tx: Tx, deal: Deal, actor: string, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO deals (workspace_id, id, lead_id, name, stage_id, amount, start_date, end_date, note, owner_id,
       closed_at, actor, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`,
    [tx.workspaceId, deal.id, deal.lead_id, ...editable(deal), actor, now],
  );
}

/** A lead's deals, newest first, after a cursor. */
export function listDealsOfLead(tx: Tx, leadId: string, limit: number, after?: string): Promise<ShownDeal[]> {
  return listOfLead(tx, deals, leadId, limit, after);
}

/** One deal; `lock` keeps others from changing it until the transaction ends. */
export function getDeal(tx: Tx, id: string, lock = false): Promise<ShownDeal | undefined> {
  return oneOfLead(tx, deals, id, lock);
}

/** Stores the editable values of a deal that was read and locked in this transaction. */
export async function saveDeal(tx: Tx, deal: StoredDeal): Promise<void> {
  await tx.query(
    `UPDATE deals SET name = $3, stage_id = $4, amount = $5, start_date = $6, end_date = $7, note = $8, owner_id = $9,
       closed_at = $10, updated_at = $11 WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, deal.id, ...editable(deal), deal.updated_at],
  );
}

/** Deletes a deal. */
export async function removeDeal(tx: Tx, id: string): Promise<void> {
  await tx.query('DELETE FROM deals WHERE workspace_id = $1 AND id = $2', [tx.workspaceId, id]);
}
