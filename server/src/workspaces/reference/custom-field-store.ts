import type { Tx } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { CustomField } from '../reference-data.ts';

/** A custom field. `created_by` is the dialect whose request created it, or `native` if it was created by hand. */
export interface StoredCustomField extends CustomField {
  id: string;
  created_by: string;
  created_at: Date;
}

const columns = 'id, name, type, made_by AS created_by, created_at';

export async function listCustomFields(tx: Tx): Promise<StoredCustomField[]> {
  return tx.query<StoredCustomField>(`SELECT ${columns} FROM custom_fields WHERE workspace_id = $1 ORDER BY id`, [
    tx.workspaceId,
  ]);
}

/** Creates a field; undefined if the name is taken. */
export async function addCustomField(tx: Tx, { name, type }: CustomField): Promise<StoredCustomField | undefined> {
  const [field] = await tx.query<StoredCustomField>(
    `INSERT INTO custom_fields (workspace_id, id, name, type, made_by) VALUES ($1, $2, $3, $4, 'native')
     ON CONFLICT DO NOTHING RETURNING ${columns}`,
    [tx.workspaceId, uuidv7(), name, type],
  );
  return field;
}

/** Changes the type of a field. Values that leads already have stay unchanged. */
export async function setCustomFieldType(
  tx: Tx,
  id: string,
  type: CustomField['type'],
): Promise<StoredCustomField | undefined> {
  const [field] = await tx.query<StoredCustomField>(
    `UPDATE custom_fields SET type = $3 WHERE workspace_id = $1 AND id = $2 RETURNING ${columns}`,
    [tx.workspaceId, id, type],
  );
  return field;
}

/** Deletes a field, unless a lead has a value for it. */
export async function removeCustomField(tx: Tx, id: string): Promise<'removed' | 'in_use' | 'unknown'> {
  const [field] = await tx.query<{ name: string }>(
    'SELECT name FROM custom_fields WHERE workspace_id = $1 AND id = $2 FOR UPDATE',
    [tx.workspaceId, id],
  );
  if (!field) return 'unknown';
  const used = await tx.query('SELECT 1 FROM leads WHERE workspace_id = $1 AND custom ? $2 LIMIT 1', [
    tx.workspaceId,
    field.name,
  ]);
  if (used.length > 0) return 'in_use';
  await tx.query('DELETE FROM custom_fields WHERE workspace_id = $1 AND id = $2', [tx.workspaceId, id]);
  return 'removed';
}

/** How many of the newest leads have a value in each field, which is enough to tell which fields are in use. */
export async function countFieldUses(tx: Tx, among: number): Promise<{ name: string; leads: number }[]> {
  return tx.query<{ name: string; leads: number }>(
    `SELECT key AS name, count(*)::int AS leads FROM (
       SELECT custom FROM leads WHERE workspace_id = $1 ORDER BY id DESC LIMIT $2
     ) AS newest, jsonb_object_keys(custom) AS key GROUP BY key ORDER BY key`,
    [tx.workspaceId, among],
  );
}
