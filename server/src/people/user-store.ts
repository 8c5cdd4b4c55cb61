import { touches } from '../events/screens.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { foldName, type Role } from '../workspaces/reference-data.ts';

/** A person as kept; passwords only as hashes. */
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

/** A workspace that a person works in. */
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

/** The person behind a member who may work here. */
export async function userOfMember(tx: Tx, memberId: string | null): Promise<User | undefined> {
  const [row] = await tx.query<User>(
    `SELECT ${columns} FROM users WHERE id = (SELECT user_id FROM members WHERE workspace_id = $1 AND id = $2 AND active)`,
    [tx.workspaceId, memberId],
  );
  return row;
}

/** Who wants to sign in, by e-mail or username, before any workspace is known. */
export async function findUser(tx: Tx, login: string): Promise<User | undefined> {
  const [row] = await tx.query<User>(`SELECT ${columns} FROM user_for_sign_in($1)`, [foldName(login)]);
  return row;
}

/** Every workspace that a person is a member of, by name. */
export async function workplacesOf(tx: Tx, userId: string): Promise<Workplace[]> {
  return tx.query<Workplace>('SELECT workspace_id, name, member_id, role, active FROM workspaces_of_user($1)', [
    userId,
  ]);
}

/** Gives a person another name. */
export async function renameUser(tx: Tx, id: string, name: string): Promise<void> {
  touches(tx, 'people');
  await tx.query('UPDATE users SET name = $2 WHERE id = $1', [id, name]);
}

/** Gives a person another password. */
export async function changePassword(tx: Tx, id: string, hash: string): Promise<void> {
  await tx.query('UPDATE users SET password_hash = $2 WHERE id = $1', [id, hash]);
}

/** Gives a person another address. Throws a conflict when it is somebody else's. */
export async function changeEmail(tx: Tx, id: string, email: string): Promise<void> {
  touches(tx, 'people');
  await tx.query('UPDATE users SET email = $2, folded_email = $3 WHERE id = $1', [id, email, foldName(email)]);
}

/** Keeps a secret whose first code is still to be entered; one that is in force stays. */
export async function proposeTotp(tx: Tx, id: string, secret: string): Promise<boolean> {
  return (
    (await tx.execute('UPDATE users SET totp_secret = $2 WHERE id = $1 AND totp_confirmed_at IS NULL', [id, secret])) >
    0
  );
}

/** Puts the second step into force. */
export async function confirmTotp(tx: Tx, id: string, recovery: readonly Buffer[], now: Date): Promise<void> {
  touches(tx, 'people');
  await tx.query('UPDATE users SET totp_confirmed_at = $2, recovery_hashes = $3 WHERE id = $1', [id, now, recovery]);
}

/** Takes the second step away. */
export async function removeTotp(tx: Tx, id: string): Promise<void> {
  touches(tx, 'people');
  await tx.query(
    `UPDATE users SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL, recovery_hashes = '{}'
     WHERE id = $1`,
    [id],
  );
}

/** Uses up a step of the clock: false when it or a later one was used already, also by somebody at the same moment. */
export async function spendTotpStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const used = await tx.execute(
    'UPDATE users SET totp_last_step = $2 WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2)',
    [id, step],
  );
  return used > 0;
}

/** Uses up a recovery code: false when there is none like it. */
export async function spendRecoveryCode(tx: Tx, id: string, hash: Buffer): Promise<boolean> {
  const used = await tx.execute(
    'UPDATE users SET recovery_hashes = array_remove(recovery_hashes, $2) WHERE id = $1 AND $2 = ANY(recovery_hashes)',
    [id, hash],
  );
  return used > 0;
}
