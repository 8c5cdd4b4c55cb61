import type { Tx } from '../platform/transaction.ts';

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
}

export interface StoredDeal extends Deal {
  actor: string;
  created_at: Date;
  updated_at: Date;
}

const columns =
  'id, lead_id, name, stage_id, amount, start_date, end_date, note, owner_id, actor, created_at, updated_at';

export async function addDeal(tx: Tx, deal: Deal, actor: string, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO deals (workspace_id, id, lead_id, name, stage_id, amount, start_date, end_date, note, owner_id,
       actor, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)`,
    [
      tx.workspaceId,
      deal.id,
      deal.lead_id,
      deal.name,
      deal.stage_id,
      deal.amount,
      deal.start_date,
      deal.end_date,
      deal.note,
      deal.owner_id,
      actor,
      now,
    ],
  );
}

/** Deals newest first, of one lead or of all, after a cursor. */
export async function listDeals(tx: Tx, limit: number, after?: string, leadId?: string): Promise<StoredDeal[]> {
  return tx.query<StoredDeal>(
    `SELECT ${columns} FROM deals WHERE workspace_id = $1 AND ($3::uuid IS NULL OR id < $3)
       AND ($4::uuid IS NULL OR lead_id = $4) ORDER BY id DESC LIMIT $2`,
    [tx.workspaceId, limit, after ?? null, leadId ?? null],
  );
}
