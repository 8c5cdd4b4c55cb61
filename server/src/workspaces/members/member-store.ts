import { touches } from '../../events/screens.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { Role, Sees } from '../reference-data.ts';

/** A member as locked for a change. */
export interface MemberRow {
  id: string;
  role: Role;
  active: boolean;
  sees: Sees;
}

/** The member and all owners, locked: of two changes at once only one can be the last owner's. */
export async function lockMember(tx: Tx, id: string): Promise<{ member: MemberRow | undefined; owners: MemberRow[] }> {
  const rows = await tx.query<MemberRow>(
    `SELECT id, role, active, sees FROM members WHERE workspace_id = $1 AND (id = $2 OR role = 'owner') ORDER BY id FOR UPDATE`,
    [tx.workspaceId, id],
  );
  return {
    member: rows.find((row) => row.id === id),
    owners: rows.filter((row) => row.role === 'owner' && row.active),
  };
}

export async function saveMember(tx: Tx, { id, role, active, sees }: MemberRow): Promise<void> {
  touches(tx, 'people');
  await tx.query('UPDATE members SET role = $3, active = $4, sees = $5 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    id,
    role,
    active,
    sees,
  ]);
}

/** Says in which departments a member works. In those that are new to them they take their turn last. */
export async function setMemberDepartments(tx: Tx, memberId: string, departmentIds: readonly string[]): Promise<void> {
  touches(tx, 'people');
  await tx.query(
    'DELETE FROM department_members WHERE workspace_id = $1 AND member_id = $2 AND department_id <> ALL($3::uuid[])',
    [tx.workspaceId, memberId, departmentIds],
  );
  await tx.query(
    `INSERT INTO department_members (workspace_id, department_id, member_id, position)
     SELECT $1, wanted.id, $2, coalesce((SELECT max(position) + 1 FROM department_members d
       WHERE d.workspace_id = $1 AND d.department_id = wanted.id), 1)
     FROM unnest($3::uuid[]) AS wanted (id) ON CONFLICT DO NOTHING`,
    [tx.workspaceId, memberId, departmentIds],
  );
}
