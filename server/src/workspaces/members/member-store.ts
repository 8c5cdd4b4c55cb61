import { touches } from '../../events/screens.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { Role, VisibilityLevel } from '../reference-data.ts';

/** A member, locked for an update. */
export interface MemberRow {
  id: string;
  role: Role;
  active: boolean;
  visibility: VisibilityLevel;
}

/** Locks the member and all owners, so that two concurrent changes cannot both remove the last owner. */
export async function lockMember(tx: Tx, id: string): Promise<{ member: MemberRow | undefined; owners: MemberRow[] }> {
  const rows = await tx.query<MemberRow>(
    `SELECT id, role, active, sees AS visibility FROM members WHERE workspace_id = $1 AND (id = $2 OR role = 'owner') ORDER BY id FOR UPDATE`,
    [tx.workspaceId, id],
  );
  return {
    member: rows.find((row) => row.id === id),
    owners: rows.filter((row) => row.role === 'owner' && row.active),
  };
}

export async function saveMember(tx: Tx, { id, role, active, visibility }: MemberRow): Promise<void> {
  touches(tx, 'people');
  await tx.query('UPDATE members SET role = $3, active = $4, sees = $5 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    id,
    role,
    active,
    visibility,
  ]);
}

/** Sets a member's departments. In new ones they are last in the rotation. */
export async function setMemberDepartments(tx: Tx, memberId: string, departmentIds: readonly string[]): Promise<void> {
  touches(tx, 'people');
  await tx.query(
    'DELETE FROM department_members WHERE workspace_id = $1 AND member_id = $2 AND department_id <> ALL($3::uuid[])',
    [tx.workspaceId, memberId, departmentIds],
  );
  await tx.query(
    `INSERT INTO department_members (workspace_id, department_id, member_id, position)
     SELECT $1, given.id, $2, coalesce((SELECT max(position) + 1 FROM department_members d
       WHERE d.workspace_id = $1 AND d.department_id = given.id), 1)
     FROM unnest($3::uuid[]) AS given (id) ON CONFLICT DO NOTHING`,
    [tx.workspaceId, memberId, departmentIds],
  );
}
