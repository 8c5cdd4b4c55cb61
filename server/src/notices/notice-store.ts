import type { FeedPlace } from '../feed/feed-store.ts';
import { leadNameInSql } from '../leads/lead-name.ts';
import type { Tx } from '../platform/database/transaction.ts';

/** What notices need to know about a lead. */
export interface NoticedLead {
  id: string;
  name: string;
  email: string | null;
  owner_id: string | null;
  department_id: string | null;
  /**
   * Who last changed the lead, and so probably assigned its owner: `member:<id>`, `token:<id>` ...; null if unknown.
   */
  given_by: string | null;
}

/** Reads and locks the position up to which events have been processed; undefined before the first run. */
export async function lockPlace(tx: Tx): Promise<FeedPlace | undefined> {
  const [row] = await tx.query<FeedPlace>(
    `SELECT epoch::text, transaction_id::text, id FROM notice_places WHERE workspace_id = $1 FOR UPDATE`,
    [tx.workspaceId],
  );
  return row;
}

export async function savePlace(tx: Tx, { epoch, transaction_id, id }: FeedPlace): Promise<void> {
  await tx.query(
    `INSERT INTO notice_places (workspace_id, epoch, transaction_id, id) VALUES ($1, $2::bigint, $3::xid8, $4)
     ON CONFLICT (workspace_id) DO UPDATE SET epoch = $2::bigint, transaction_id = $3::xid8, id = $4`,
    [tx.workspaceId, epoch, transaction_id, id],
  );
}

/** These leads as they are now, oldest first. */
export async function noticedLeads(tx: Tx, ids: readonly string[]): Promise<NoticedLead[]> {
  return tx.query<NoticedLead>(
    `SELECT l.id, ${leadNameInSql} AS name, l.email, l.owner_id, l.department_id,
       (SELECT a.actor FROM activities a WHERE a.workspace_id = $1 AND a.lead_id = l.id
          AND (a.kind = 'lead_created' OR EXISTS (
            SELECT FROM json_array_elements(a.detail -> 'changes') change WHERE change ->> 'field' = 'owner_id'))
          ORDER BY a.id DESC LIMIT 1) AS given_by
     FROM leads l WHERE l.workspace_id = $1 AND l.id = ANY ($2) ORDER BY l.id`,
    [tx.workspaceId, ids],
  );
}

/** The values that a message to a lead may contain, by field; undefined if there is no such lead. */
export async function messageValues(tx: Tx, leadId: string): Promise<Record<string, string | null> | undefined> {
  const [row] = await tx.query<{ fields: Record<string, string | null> }>(
    `SELECT json_build_object('name', l.name, 'first_name', l.first_name, 'last_name', l.last_name,
       'company_name', l.company_name, 'email', l.email, 'phone', l.phone, 'city', l.city,
       'number', l.number::text) AS fields
     FROM leads l WHERE l.workspace_id = $1 AND l.id = $2`,
    [tx.workspaceId, leadId],
  );
  return row?.fields;
}
