import { leadNameInSql } from '../leads/lead-name.ts';
import type { Tx } from '../platform/database/transaction.ts';

/** A lead that may be the person. */
export interface Candidate {
  id: string;
  number: number;
  contact_id: string | null;
  lead_name: string | null;
  email: string | null;
  phone: string | null;
  phone_sent: string | null;
  other_phone: string | null;
  created_at: Date;
}

const columns = `l.id, l.number, l.contact_id, ${leadNameInSql} AS lead_name, l.email, l.phone, l.phone_sent, l.other_phone, l.created_at`;
const MOST = 500;

/** Leads with one of these phones or emails, or of one of these contacts; oldest first. */
export async function findCandidates(
  tx: Tx,
  by: { phones: readonly string[]; emails: readonly string[]; contacts: readonly string[]; ids: readonly string[] },
): Promise<Candidate[]> {
  return tx.query<Candidate>(
    `WITH keyed AS (
       SELECT lead_id FROM lead_keys WHERE workspace_id = $1
         AND (kind = 'phone' AND value = ANY ($2) OR kind = 'email' AND value = ANY ($3))
       UNION SELECT lead_id FROM lead_twins WHERE workspace_id = $1
         AND (kind = 'phone' AND value = ANY ($2) OR kind = 'email' AND value = ANY ($3))
       UNION SELECT id FROM leads WHERE workspace_id = $1 AND contact_id = ANY ($4)
       UNION SELECT id FROM leads WHERE workspace_id = $1 AND id = ANY ($4::uuid[] || $5::uuid[])
     )
     SELECT ${columns} FROM leads l WHERE l.workspace_id = $1 AND l.id IN (SELECT lead_id FROM keyed)
     ORDER BY l.id LIMIT ${MOST}`,
    [tx.workspaceId, by.phones, by.emails, by.contacts, by.ids],
  );
}

/** What else is known about a person's leads: former phones and emails, requests, and texts about the person. */
export interface LeadTraces {
  keys: { kind: 'phone' | 'email'; value: string }[];
  fields: Record<string, unknown>[];
  requests: string[];
  notes: string[];
}

export async function readTraces(tx: Tx, leadIds: readonly string[]): Promise<LeadTraces> {
  const params = [tx.workspaceId, leadIds];
  const [keys, touches, leads, changes, requests, notes] = await Promise.all([
    tx.query<LeadTraces['keys'][number]>(
      `SELECT kind, value FROM lead_keys WHERE workspace_id = $1 AND lead_id = ANY ($2) AND kind IN ('phone', 'email')
       UNION SELECT kind, value FROM lead_twins WHERE workspace_id = $1 AND lead_id = ANY ($2) AND kind IN ('phone', 'email')`,
      params,
    ),
    tx.query<{ fields: Record<string, unknown> }>(
      'SELECT fields FROM touches WHERE workspace_id = $1 AND lead_id = ANY ($2)',
      params,
    ),
    tx.query<{ fields: Record<string, unknown> }>(
      'SELECT row_to_json(l) AS fields FROM leads l WHERE l.workspace_id = $1 AND l.id = ANY ($2)',
      params,
    ),
    tx.query<{ detail: { changes?: { field: string; from: unknown; to: unknown }[] } }>(
      `SELECT detail FROM activities WHERE workspace_id = $1 AND lead_id = ANY ($2)
         AND kind IN ('lead_updated', 'lead_merged', 'status_changed')`,
      params,
    ),
    tx.query<{ id: string }>(
      `SELECT submission_id AS id FROM touches WHERE workspace_id = $1 AND lead_id = ANY ($2)
       UNION SELECT submission_id FROM activities WHERE workspace_id = $1 AND lead_id = ANY ($2) AND submission_id IS NOT NULL
       UNION SELECT id FROM submissions WHERE workspace_id = $1 AND lead_id = ANY ($2)
       UNION SELECT submission_id FROM replays WHERE workspace_id = $1 AND lead_id = ANY ($2)`,
      params,
    ),
    tx.query<{ text: string }>('SELECT text FROM notes WHERE workspace_id = $1 AND lead_id = ANY ($2)', params),
  ]);
  const changed = changes.flatMap(({ detail }) =>
    (detail.changes ?? []).flatMap(({ field, from, to }) => [{ [field]: from }, { [field]: to }]),
  );
  return {
    keys,
    fields: [...leads.map(({ fields }) => fields), ...touches.map(({ fields }) => fields), ...changed],
    requests: requests.map(({ id }) => id),
    notes: notes.map(({ text }) => text),
  };
}

/** Other leads that have one of the person's phones or emails; their records are somebody else's. */
export async function findSharing(
  tx: Tx,
  person: { phones: readonly string[]; emails: readonly string[]; leads: readonly { id: string }[] },
): Promise<{ lead_id: string; kind: 'phone' | 'email'; value: string; lead_email: string | null }[]> {
  return tx.query(
    `SELECT s.*, l.email AS lead_email FROM (SELECT lead_id, kind, value FROM lead_keys WHERE workspace_id = $1 AND lead_id <> ALL ($4)
       AND (kind = 'phone' AND value = ANY ($2) OR kind = 'email' AND value = ANY ($3))
     UNION SELECT lead_id, kind, value FROM lead_twins WHERE workspace_id = $1 AND lead_id <> ALL ($4)
       AND (kind = 'phone' AND value = ANY ($2) OR kind = 'email' AND value = ANY ($3))
     ) AS s JOIN leads l ON l.workspace_id = $1 AND l.id = s.lead_id`,
    [tx.workspaceId, person.phones, person.emails, person.leads.map(({ id }) => id)],
  );
}

/** The countries assumed for numbers without a country code: the workspace's and those of its tokens. */
export async function readRegions(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ region: string }>(
    `SELECT region FROM workspaces WHERE id = $1
     UNION SELECT region FROM tokens WHERE workspace_id = $1 AND region IS NOT NULL`,
    [tx.workspaceId],
  );
  return rows.map(({ region }) => region);
}

/** Every phone and email of the workspace's leads, normalised. */
export async function allKeys(tx: Tx): Promise<{ kind: 'phone' | 'email'; value: string }[]> {
  return tx.query(
    `SELECT kind, value FROM lead_keys WHERE workspace_id = $1 AND kind IN ('phone', 'email')
     UNION SELECT kind, value FROM lead_twins WHERE workspace_id = $1 AND kind IN ('phone', 'email')`,
    [tx.workspaceId],
  );
}
