import type { Tx } from '../../platform/database/transaction.ts';
import { fold } from '../../platform/fold/fold.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { ListKind } from '../reference-data.ts';

/** A table of reference data. `kind` selects one of the lists that share a table. */
export interface ReferenceTable {
  name: 'statuses' | 'lead_types' | 'sources' | 'departments' | 'reference_items';
  kind?: ListKind | 'tag';
  /** Whether its items have a sort order. */
  ordered: boolean;
}

/** Values of an item by column. */
export type ItemValues = { name?: string } & Record<string, unknown>;

/** Creates an item at the end of its list; undefined if the name is taken. */
export async function addItem(
  tx: Tx,
  table: ReferenceTable,
  values: ItemValues & { name: string },
): Promise<string | undefined> {
  const row = rowOf(table, values);
  const names = Object.keys(row);
  const params = [tx.workspaceId, uuidv7(), ...Object.values(row)];
  const places = names.map((_, at) => `$${at + 3}`);
  const last = table.ordered
    ? [`(SELECT coalesce(max(position) + 1, 0) FROM ${table.name} WHERE workspace_id = $1)`]
    : [];
  const columns = ['workspace_id', 'id', ...names, ...(table.ordered ? ['position'] : [])];
  const [made] = await tx.query<{ id: string }>(
    `INSERT INTO ${table.name} (${columns.join(', ')}) VALUES (${['$1', '$2', ...places, ...last].join(', ')})
     ON CONFLICT DO NOTHING RETURNING id`,
    params,
  );
  return made?.id;
}

/** Updates the given columns; false if there is no such item. Throws a constraint violation if the name is taken. */
export async function changeItem(tx: Tx, table: ReferenceTable, id: string, values: ItemValues): Promise<boolean> {
  const row = rowOf(table, values);
  const sets = Object.keys(row).map((name, at) => `${name} = $${at + 4}`);
  const changed = await tx.execute(
    `UPDATE ${table.name} SET ${['id = id', ...sets].join(', ')} WHERE workspace_id = $1 AND id = $2 AND ${ofKind(table)}`,
    [tx.workspaceId, id, table.kind ?? null, ...Object.values(row)],
  );
  return changed > 0;
}

/** Deletes an item; false if there is no such item. Throws a constraint violation if it is in use. */
export async function removeItem(tx: Tx, table: ReferenceTable, id: string): Promise<boolean> {
  const removed = await tx.execute(
    `DELETE FROM ${table.name} WHERE workspace_id = $1 AND id = $2 AND ${ofKind(table)}`,
    [tx.workspaceId, id, table.kind ?? null],
  );
  return removed > 0;
}

/** Puts the given items first, in this order; the others follow in their previous order. */
export async function orderItems(tx: Tx, table: ReferenceTable, ids: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE ${table.name} AS item SET position = place.at FROM (
       SELECT id, row_number() OVER (ORDER BY array_position($2::uuid[], id), position, id) - 1 AS at
       FROM ${table.name} WHERE workspace_id = $1 AND ${ofKind(table)}
     ) AS place WHERE item.workspace_id = $1 AND item.id = place.id AND item.position <> place.at`,
    [tx.workspaceId, ids, table.kind ?? null],
  );
}

/** Clears the current default status, as there can only be one. */
export async function clearDefaultStatus(tx: Tx): Promise<void> {
  await tx.query('UPDATE statuses SET is_default = false WHERE workspace_id = $1 AND is_default', [tx.workspaceId]);
}

function ofKind({ kind }: ReferenceTable): string {
  return kind ? 'kind = $3' : '$3::text IS NULL';
}

function rowOf({ kind }: ReferenceTable, values: ItemValues): Record<string, unknown> {
  return {
    ...values,
    ...(values.name !== undefined && { folded_name: fold(values.name) }),
    // As a list, the rules would be sent as a PostgreSQL array instead of JSON.
    ...(values['rules'] !== undefined && { rules: JSON.stringify(values['rules']) }),
    ...(kind && { kind }),
  };
}
