import type { Tx } from '../platform/transaction.ts';
import type { Role } from '../workspaces/book.ts';
import { foldName } from '../workspaces/names.ts';

/** A person as kept; passwords only as hashes. */
export interface User {
  id: string;
  name: string;
  email: string;
  username: string;
  password_hash: string | null;
  totp_secret: string | null;
  totp_confirmed_at: Date | null;
}

/** A workspace that a person works in. */
export interface Workplace {
  workspace_id: string;
  name: string;
  member_id: string;
  role: Role;
  active: boolean;
}

const columns = 'id, name, email, username, password_hash, totp_secret, totp_confirmed_at';

/** The person behind a member of this workspace. */
export async function getUser(tx: Tx, id: string): Promise<User | undefined> {
  const [row] = await tx.query<User>(`SELECT ${columns} FROM users WHERE id = $1`, [id]);
  return row;
}
