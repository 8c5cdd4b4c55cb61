import type { Tx } from '../platform/database/transaction.ts';

export interface StoredKey {
  kind: string;
  value: string;
  /** Key of a second phone or email, which makes leads possible duplicates but never matches a lead. */
  isSecond?: boolean;
}

/** Assigns keys to a lead. If another lead already owns a key, the two become possible duplicates. */
export async function claimKeys(tx: Tx, leadId: string, keys: readonly StoredKey[]): Promise<void> {
  if (keys.length === 0) return;
  await claimMainKeys(
    tx,
    leadId,
    keys.filter((key) => !key.isSecond),
  );
  const second = keys.filter((key) => key.isSecond);
  if (second.length === 0) return;
  await tx.query(
    `INSERT INTO lead_twins (workspace_id, kind, value, lead_id, is_second)
     SELECT $1, kind, value, $2, true FROM unnest($3::text[], $4::text[]) AS key (kind, value)
     WHERE NOT EXISTS (SELECT 1 FROM lead_keys k
       WHERE k.workspace_id = $1 AND k.kind = key.kind AND k.value = key.value AND k.lead_id = $2)
     ON CONFLICT DO NOTHING`,
    [tx.workspaceId, leadId, second.map((key) => key.kind), second.map((key) => key.value)],
  );
}

async function claimMainKeys(tx: Tx, leadId: string, keys: readonly StoredKey[]): Promise<void> {
  if (keys.length === 0) return;
  const params = [tx.workspaceId, leadId, keys.map((key) => key.kind), keys.map((key) => key.value)];
  await tx.query(
    `INSERT INTO lead_keys (workspace_id, kind, value, lead_id)
     SELECT $1, kind, value, $2 FROM unnest($3::text[], $4::text[]) AS key (kind, value) ORDER BY 2, 3
     ON CONFLICT DO NOTHING`,
    params,
  );
  await tx.query(
    `INSERT INTO lead_twins (workspace_id, kind, value, lead_id)
     SELECT $1, k.kind, k.value, $2 FROM lead_keys k
     JOIN unnest($3::text[], $4::text[]) AS key (kind, value) USING (kind, value)
     WHERE k.workspace_id = $1 AND k.lead_id <> $2
     ON CONFLICT (workspace_id, kind, value, lead_id) DO UPDATE SET is_second = false`,
    params,
  );
}

/** Removes keys from a lead (all of them if `keys` is omitted); each passes to the oldest possible duplicate. */
export async function releaseKeys(tx: Tx, leadId: string, keys?: readonly StoredKey[]): Promise<void> {
  const only = keys ? [keys.map((key) => key.kind), keys.map((key) => key.value)] : [null, null];
  await tx.query(
    `WITH released AS (
       DELETE FROM lead_keys WHERE workspace_id = $1 AND lead_id = $2
         AND ($3::text[] IS NULL OR (kind, value) IN (SELECT * FROM unnest($3::text[], $4::text[])))
       RETURNING kind, value
     )
     DELETE FROM lead_twins WHERE workspace_id = $1 AND lead_id = $2
       AND ($3::text[] IS NULL OR (kind, value) IN (SELECT * FROM unnest($3::text[], $4::text[])))`,
    [tx.workspaceId, leadId, ...only],
  );
  await tx.query(
    `WITH heirs AS (
       SELECT t.kind, t.value, min(t.lead_id::text)::uuid AS lead_id FROM lead_twins t
       WHERE t.workspace_id = $1 AND t.lead_id <> $2 AND NOT t.is_second
         AND ($3::text[] IS NULL OR (t.kind, t.value) IN (SELECT * FROM unnest($3::text[], $4::text[])))
         AND NOT EXISTS (SELECT 1 FROM lead_keys k WHERE k.workspace_id = $1 AND k.kind = t.kind AND k.value = t.value)
       GROUP BY t.kind, t.value
     ), inherited AS (
       INSERT INTO lead_keys (workspace_id, kind, value, lead_id) SELECT $1, kind, value, lead_id FROM heirs
       ON CONFLICT DO NOTHING RETURNING kind, value, lead_id
     )
     DELETE FROM lead_twins t USING inherited i
     WHERE t.workspace_id = $1 AND t.kind = i.kind AND t.value = i.value AND t.lead_id = i.lead_id`,
    [tx.workspaceId, leadId, ...only],
  );
}
