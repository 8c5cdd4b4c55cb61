import type { FieldChange } from '../../leads/activity-kinds.ts';
import type { Lead } from '../../leads/lead.ts';
import { leadColumns } from '../../leads/lead-row.ts';
import type { Tx } from '../../platform/database/transaction.ts';

/** A lead with one or two phones, and the phone keys by which it is found. */
export interface Checked extends Lead {
  phone_keys: string[];
}

/** Leads with a phone of any kind, in order of id, after a cursor. */
export async function listLeadsWithPhone(tx: Tx, after: string | undefined, limit: number): Promise<Checked[]> {
  return tx.query<Checked>(
    `SELECT ${leadColumns}, ARRAY(SELECT value FROM lead_keys k
       WHERE k.workspace_id = $1 AND k.lead_id = leads.id AND k.kind = 'phone' ORDER BY value) AS phone_keys
     FROM leads WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id > $2) AND (phone IS NOT NULL OR other_phone IS NOT NULL)
     ORDER BY id LIMIT $3`,
    [tx.workspaceId, after ?? null, limit],
  );
}

/** What a repair wrote to the timeline. */
export interface Repair {
  lead_id: string;
  changes: FieldChange[];
}

/** The last repair of each of these leads (of all leads if undefined), unless it was undone. */
export async function listRepairs(tx: Tx, leadIds: readonly string[] | undefined): Promise<Repair[]> {
  return tx.query<Repair>(
    `SELECT * FROM (
       SELECT DISTINCT ON (lead_id) lead_id, detail -> 'changes' AS changes, detail ->> 'recheck' AS did
       FROM activities
       WHERE workspace_id = $1 AND kind = 'lead_updated' AND detail ->> 'recheck' IS NOT NULL
         AND ($2::uuid[] IS NULL OR lead_id = ANY ($2))
       ORDER BY lead_id, id DESC
     ) AS latest WHERE did = 'repaired'`,
    [tx.workspaceId, leadIds ?? null],
  );
}
