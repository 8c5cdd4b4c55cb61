import { touches } from '../events/screens.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { fold } from '../platform/fold/fold.ts';
import type { Role } from '../workspaces/reference-data.ts';

/** A person as stored; passwords only as hashes. */
export interface User {
  id: string;
  name: string;
  email: string;
  username: string;
  password_hash: string | null;
  totp_secret: string | null;
  totp_confirmed_at: Date | null;
  totp_last_step: number | null;
  recovery_hashes: Buffer[];
}

/** A workspace that a person is a member of. */
export interface Workplace {
  workspace_id: string;
  name: string;
  member_id: string;
  role: Role;
  active: boolean;
}

const columns =
  'id, name, email, username, password_hash, totp_secret, totp_confirmed_at, totp_last_step, recovery_hashes';

/** The person behind a member of this workspace. */
export async function getUser(tx: Tx, id: string): Promise<User | undefined> {
  const [row] = await tx.query<User>(`SELECT ${columns} FROM users WHERE id = $1`, [id]);
  return row;
}

/** The person behind a member who is active. */
export async function userOfMember(tx: Tx, memberId: string | null): Promise<User | undefined> {
  const [row] = await tx.query<User>(
    `SELECT ${columns} FROM users WHERE id = (SELECT user_id FROM members WHERE workspace_id = $1 AND id = $2 AND active)`,
    [tx.workspaceId, memberId],
  );
  return row;
}

/** Finds a person by email or username, before any workspace is known. */
export async function findUser(tx: Tx, login: string): Promise<User | undefined> {
  const [row] = await tx.query<User>(`SELECT ${columns} FROM user_for_sign_in($1)`, [fold(login)]);
  return row;
}

/** All workspaces that a person is a member of, sorted by name. */
export async function workplacesOf(tx: Tx, userId: string): Promise<Workplace[]> {
  return tx.query<Workplace>('SELECT workspace_id, name, member_id, role, active FROM workspaces_of_user($1)', [
    userId,
  ]);
}

export async function renameUser(tx: Tx, id: string, name: string): Promise<void> {
  touches(tx, 'people');
  await tx.query('UPDATE users SET name = $2 WHERE id = $1', [id, name]);
}

export async function changePassword(tx: Tx, id: string, hash: string): Promise<void> {
  await tx.query('UPDATE users SET password_hash = $2 WHERE id = $1', [id, hash]);
}

/** Changes a person's email address. Throws a conflict if someone else has it. */
export async function changeEmail(tx: Tx, id: string, email: string): Promise<void> {
  touches(tx, 'people');
  await tx.query('UPDATE users SET email = $2, folded_email = $3 WHERE id = $1', [id, email, fold(email)]);
}

/** Stores a secret until its first code is confirmed. A secret already in use is not replaced. */
export async function proposeTotp(tx: Tx, id: string, secret: string): Promise<boolean> {
  return (
    (await tx.execute('UPDATE users SET totp_secret = $2 WHERE id = $1 AND totp_confirmed_at IS NULL', [id, secret])) >
    0
  );
}

/** Turns on two-step sign-in. */
export async function confirmTotp(tx: Tx, id: string, recovery: readonly Buffer[], now: Date): Promise<void> {
  touches(tx, 'people');
  await tx.query('UPDATE users SET totp_confirmed_at = $2, recovery_hashes = $3 WHERE id = $1', [id, now, recovery]);
}

/** Turns off two-step sign-in. */
export async function removeTotp(tx: Tx, id: string): Promise<void> {
  touches(tx, 'people');
  await tx.query(
    `UPDATE users SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL, recovery_hashes = '{}'
     WHERE id = $1`,
    [id],
  );
}

/**
 * Marks a code's time step as used. Returns false if it or a later one was already used, even by a concurrent request.
 */
export async function spendTotpStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const used = await tx.execute(
    'UPDATE users SET totp_last_step = $2 WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2)',
    [id, step],
  );
  return used > 0;
}

/** Marks a recovery code as used. Returns false if there is no such code. */
export async function spendRecoveryCode(tx: Tx, id: string, hash: Buffer): Promise<boolean> {
  const used = await tx.execute(
    'UPDATE users SET recovery_hashes = array_remove(recovery_hashes, $2) WHERE id = $1 AND $2 = ANY(recovery_hashes)',
    [id, hash],
  );
  return used > 0;
}
