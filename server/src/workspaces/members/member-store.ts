import { touches } from '../../events/screens.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { fold } from '../../platform/fold/fold.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { openAccount } from '../access/account-store.ts';
import type { Role, VisibilityLevel } from '../reference-data.ts';

/** A member, locked for an update. */
export interface MemberRow {
  id: string;
  role: Role;
  active: boolean;
  visibility: VisibilityLevel;
  /** Null if the member was invited and has not accepted. */
  user_id: string | null;
}

export interface NewMember {
  email: string;
  username: string;
  name: string;
  role: Role;
  /** Null to invite the person, who accepts with a link; otherwise the hash of the password of their new account. */
  password_hash: string | null;
}

/**
 * Adds a member with an account managed by this workspace, or as an invitation. Does not look for an account of the
 * person in other workspaces. Returns undefined if a member has the email address already; throws a conflict if a
 * member has the username.
 */
export async function addMember(tx: Tx, member: NewMember): Promise<string | undefined> {
  touches(tx, 'people');
  const { name, email, username, role, password_hash } = member;
  const [row] = await tx.query<{ id: string }>(
    `INSERT INTO members (workspace_id, id, name, email, folded_email, username, folded_username, role)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (workspace_id, folded_email) DO NOTHING RETURNING id`,
    [tx.workspaceId, uuidv7(), name, email, fold(email), username, fold(username), role],
  );
  if (row && password_hash !== null) await openAccount(tx, row.id, password_hash);
  return row?.id;
}

/** Changes a member's name and email address in this workspace. Throws a conflict if another member has the address. */
export async function renameMember(tx: Tx, id: string, to: { name?: string; email?: string }): Promise<void> {
  touches(tx, 'people');
  await tx.query(
    `UPDATE members SET name = coalesce($3, name), email = coalesce($4, email), folded_email = coalesce($5, folded_email)
     WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, id, to.name ?? null, to.email ?? null, to.email === undefined ? null : fold(to.email)],
  );
}

/** Locks the member and all owners, so that two concurrent changes cannot both remove the last owner. */
export async function lockMember(tx: Tx, id: string): Promise<{ member: MemberRow | undefined; owners: MemberRow[] }> {
  const rows = await tx.query<MemberRow>(
    `SELECT id, role, active, sees AS visibility, user_id FROM members WHERE workspace_id = $1 AND (id = $2 OR role = 'owner') ORDER BY id FOR UPDATE`,
    [tx.workspaceId, id],
  );
  return {
    member: rows.find((row) => row.id === id),
    owners: rows.filter((row) => row.role === 'owner' && row.active && row.user_id),
  };
}

export async function saveMember(tx: Tx, { id, role, active, visibility }: Omit<MemberRow, 'user_id'>): Promise<void> {
  touches(tx, 'people');
  await tx.query('UPDATE members SET role = $3, active = $4, sees = $5 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    id,
    role,
    active,
    visibility,
  ]);
}

/** Sets a member's departments. In departments they are new to, they come last in the rotation. */
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
