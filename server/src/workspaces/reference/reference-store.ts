import type { Tx } from '../../platform/database/transaction.ts';
import { fold } from '../../platform/fold/fold.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { LifecycleState, ListKind } from '../reference-data.ts';

/** Returns the id of the source with this name, creating it if necessary. */
export function addSource(tx: Tx, name: string): Promise<string> {
  return addNamed(tx, 'sources', name);
}

/** Returns the id of the department with this name, creating it if necessary. */
export function addDepartment(tx: Tx, name: string): Promise<string> {
  return addNamed(tx, 'departments', name);
}

async function addNamed(tx: Tx, table: 'sources' | 'departments', name: string): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `INSERT INTO ${table} (workspace_id, id, name, folded_name) VALUES ($1, $2, $3, $4)
     ON CONFLICT (workspace_id, folded_name) DO UPDATE SET name = ${table}.name RETURNING id`,
    [tx.workspaceId, uuidv7(), name, fold(name)],
  );
  return (row as { id: string }).id;
}

export interface NewStatus {
  alternative_code?: string | null | undefined;
  description?: string | null | undefined;
  is_default?: boolean;
  colour?: string | undefined;
}

/** Returns the id of the status with this name, creating it if necessary. */
export async function addStatus(tx: Tx, name: string, state: LifecycleState, more: NewStatus = {}): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `INSERT INTO statuses (workspace_id, id, name, folded_name, state, alternative_code, description, is_default, colour, position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, (SELECT count(*) FROM statuses WHERE workspace_id = $1))
     ON CONFLICT (workspace_id, folded_name) DO UPDATE SET name = statuses.name RETURNING id`,
    [
      tx.workspaceId,
      uuidv7(),
      name,
      fold(name),
      state,
      more.alternative_code ?? null,
      more.description ?? null,
      more.is_default ?? false,
      more.colour ?? (state === 'open' ? 'contacted' : state === 'cancelled' ? 'neutral' : state),
    ],
  );
  return (row as { id: string }).id;
}

/** Creates custom fields for names that do not exist yet. */
export async function addCustomFields(
  tx: Tx,
  names: readonly string[],
  { madeBy, byRequest }: { madeBy: string; byRequest: boolean },
): Promise<void> {
  const distinct = [...new Map([...names].reverse().map((name) => [fold(name), name])).values()];
  await tx.query(
    `INSERT INTO custom_fields (workspace_id, id, name, made_by, by_request)
     SELECT $1, id, name, $4, $5 FROM unnest($2::uuid[], $3::text[]) AS new (id, name) ORDER BY name
     ON CONFLICT (workspace_id, name) DO NOTHING`,
    [tx.workspaceId, distinct.map(() => uuidv7()), distinct, madeBy, byRequest],
  );
}

export interface NewListItem {
  code?: string | null | undefined;
  alternative_code?: string | null | undefined;
  description?: string | null | undefined;
  /** For deal stages. */
  state?: 'open' | 'won' | 'lost' | undefined;
  probability?: number | undefined;
}

/** Returns the id of the list item with this name, creating it if necessary. */
export async function addListItem(tx: Tx, kind: ListKind, name: string, more: NewListItem = {}): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `INSERT INTO reference_items (workspace_id, id, kind, name, folded_name, code, alternative_code, description, state, probability, position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
       (SELECT count(*) FROM reference_items WHERE workspace_id = $1 AND kind = $3))
     ON CONFLICT (workspace_id, kind, folded_name) DO UPDATE SET name = reference_items.name RETURNING id`,
    [
      tx.workspaceId,
      uuidv7(),
      kind,
      name,
      fold(name),
      more.code ?? null,
      more.alternative_code ?? null,
      more.description ?? null,
      more.state ?? (kind === 'deal_stage' ? 'open' : null),
      more.probability ?? null,
    ],
  );
  return (row as { id: string }).id;
}

export interface NewLeadType {
  alternative_code?: string | null | undefined;
  description?: string | null | undefined;
  default_status_id?: string | null | undefined;
  default_category_id?: string | null | undefined;
  email_on_create?: boolean | undefined;
  phone_on_create?: boolean | undefined;
}

/** Returns the id of the lead type with this name, creating it if necessary. */
export async function addLeadType(tx: Tx, name: string, more: NewLeadType = {}): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `INSERT INTO lead_types (workspace_id, id, name, folded_name, alternative_code, description, default_status_id,
       default_category_id, email_on_create, phone_on_create, position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (SELECT count(*) FROM lead_types WHERE workspace_id = $1))
     ON CONFLICT (workspace_id, folded_name) DO UPDATE SET name = lead_types.name RETURNING id`,
    [
      tx.workspaceId,
      uuidv7(),
      name,
      fold(name),
      more.alternative_code ?? null,
      more.description ?? null,
      more.default_status_id ?? null,
      more.default_category_id ?? null,
      more.email_on_create ?? false,
      more.phone_on_create ?? false,
    ],
  );
  return (row as { id: string }).id;
}

/** Sets the members of a department, in rotation order. */
export async function setDepartmentMembers(tx: Tx, departmentId: string, memberIds: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM department_members WHERE workspace_id = $1 AND department_id = $2', [
    tx.workspaceId,
    departmentId,
  ]);
  await tx.query(
    `INSERT INTO department_members (workspace_id, department_id, member_id, position)
     SELECT $1, $2, member_id, position FROM unnest($3::uuid[]) WITH ORDINALITY AS m (member_id, position)`,
    [tx.workspaceId, departmentId, memberIds],
  );
}

/** How many leads each department has assigned so far, which determines whose turn is next. */
export async function departmentTurns(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ id: string; turn: number }>(
    'SELECT id, turn::float8 AS turn FROM departments WHERE workspace_id = $1',
    [tx.workspaceId],
  );
  return new Map(rows.map(({ id, turn }) => [id, turn]));
}
