import { touches } from '../../events/screens.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { fold } from '../../platform/fold/fold.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { Encrypted } from '../../secrets/keyring.ts';
import type { Role } from '../reference-data.ts';
import { workspaceKey } from '../workspace-store.ts';
import type { Session } from './session-store.ts';

/** The account a person signs in with, in one or more workspaces. Passwords are stored only as hashes. */
export interface Account {
  id: string;
  /** The workspace whose administrators may reset the account; null if only its holder may. */
  managed_by: string | null;
  password_hash: string | null;
  /** Encrypted for this account, see `ownerOf.account`. */
  totp_secret: Encrypted | null;
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

const columns = 'id, managed_by, password_hash, totp_secret, totp_confirmed_at, totp_last_step, recovery_hashes';

/** The account of a member of this workspace. */
export async function getAccount(tx: Tx, id: string | null | undefined): Promise<Account | undefined> {
  const [row] = await tx.query<Account>(`SELECT ${columns} FROM users WHERE id = $1`, [id ?? null]);
  return row;
}

/**
 * Like `getAccount`, but locks the account for this transaction, so that it cannot join another workspace meanwhile.
 */
export async function lockAccount(tx: Tx, id: string | null | undefined): Promise<Account | undefined> {
  const [row] = await tx.query<Account>(`SELECT ${columns} FROM users WHERE id = $1 FOR UPDATE`, [id ?? null]);
  return row;
}

/** What to look accounts up by at a sign-in. */
export interface LoginSearch {
  /** Email or username. */
  login: string;
  /** Name or id of a workspace; null for any. */
  organisation: string | null;
  /** The account that has used this browser before, which comes first. */
  known: string | null;
  most: number;
}

/** Accounts a sign-in name may refer to, before any workspace is known: the one in `known` first, then the oldest. */
export async function findAccounts(tx: Tx, search: LoginSearch): Promise<Account[]> {
  return tx.query<Account>(`SELECT ${columns} FROM accounts_for_sign_in($1, $2, $3, $4)`, [
    fold(search.login),
    search.organisation === null ? null : workspaceKey(search.organisation),
    search.known,
    search.most,
  ]);
}

/** A member whose password may be tried at a sign-in that names the workspace. */
export interface MemberSignIn {
  workspace_id: string;
  member_id: string;
  user_id: string;
  /** Null if a password is not enough: a code is required too, or the member is inactive. */
  password_hash: string | null;
}

/** Members a sign-in name may refer to, in the workspaces with that name or id; active ones first, then the oldest. */
export async function findMembers(tx: Tx, login: string, organisation: string, most: number): Promise<MemberSignIn[]> {
  return tx.query<MemberSignIn>(
    'SELECT workspace_id, member_id, user_id, password_hash FROM members_for_sign_in($1, $2, $3)',
    [fold(login), workspaceKey(organisation), most],
  );
}

/** Active memberships with this email address whose workspace may reset their password. Runs outside any workspace. */
export async function membershipsToReset(
  tx: Tx,
  foldedEmail: string,
  most: number,
): Promise<{ workspace_id: string; member_id: string }[]> {
  return tx.query('SELECT workspace_id, member_id FROM memberships_to_reset($1, $2)', [foldedEmail, most]);
}

/** All workspaces that an account is a member of, sorted by name. */
export async function workplacesOf(tx: Tx, userId: string): Promise<Workplace[]> {
  return tx.query<Workplace>('SELECT workspace_id, name, member_id, role, active FROM workspaces_of_user($1)', [
    userId,
  ]);
}

/** Id of the account behind a session or known browser, before the workspace is known. */
export async function accountOfSession(tx: Tx, { workspace_id, member_id }: Session): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string | null }>('SELECT account_of_member($1, $2) AS id', [
    workspace_id,
    member_id,
  ]);
  return row?.id ?? undefined;
}

/** Accepts an invitation with a new account. Returns undefined if it was accepted already. */
export async function openAccount(tx: Tx, memberId: string, hash: string | null): Promise<string | undefined> {
  touches(tx, 'people');
  const id = uuidv7();
  const [row] = await tx.query<{ opened: boolean }>('SELECT open_account($1, $2, $3) AS opened', [id, memberId, hash]);
  return row?.opened ? id : undefined;
}

/**
 * Accepts an invitation with an account that the person has proved to be theirs; from then on, no workspace may
 * reset it. Returns false if the invitation was accepted already. Throws a conflict if the account is a member of
 * this workspace.
 */
export async function joinAccount(tx: Tx, userId: string, memberId: string): Promise<boolean> {
  touches(tx, 'people');
  const [row] = await tx.query<{ joined: boolean }>('SELECT join_account($1, $2) AS joined', [userId, memberId]);
  return row?.joined ?? false;
}

/** Turns a membership back into an invitation. The account is deleted, unless another workspace uses it. */
export async function releaseAccount(tx: Tx, memberId: string): Promise<void> {
  touches(tx, 'people');
  await tx.query('SELECT release_account($1)', [memberId]);
}

export async function changePassword(tx: Tx, id: string, hash: string): Promise<void> {
  await tx.query('UPDATE users SET password_hash = $2 WHERE id = $1', [id, hash]);
}
