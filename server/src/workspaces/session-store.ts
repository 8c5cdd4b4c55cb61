import { randomBytes } from 'node:crypto';
import { uuidv7 } from '../platform/ids.ts';
import type { Tx } from '../platform/transaction.ts';
import { hashSecret } from './token-store.ts';

export interface Session {
  workspace_id: string;
  id: string;
  kind: 'api' | 'welcome_link' | 'web';
  /** The dialect that gave it out, for an `api` session. */
  dialect: string | null;
  member_id: string | null;
  token_id: string | null;
  expires_at: Date;
  ended_at: Date | null;
  /** Of a web session: when it was last used; null: when it was made. */
  last_seen_at: Date | null;
}

/** Makes a session; the secret is answered once. Only its hash is kept. */
export async function createSession(
  tx: Tx,
  session: Pick<Session, 'kind' | 'dialect' | 'member_id' | 'token_id' | 'expires_at'>,
  secret: string = randomBytes(32).toString('base64url'),
): Promise<{ id: string; secret: string }> {
  const id = uuidv7();
  await tx.query(
    `INSERT INTO sessions (workspace_id, id, kind, dialect, hash, member_id, token_id, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.workspaceId,
      id,
      session.kind,
      session.dialect,
      hashSecret(secret),
      session.member_id,
      session.token_id,
      session.expires_at,
    ],
  );
  return { id, secret };
}

/** Finds a session by its secret's hash, before any workspace is known. Ended and expired ones are found too. */
export async function findSession(tx: Tx, hash: Buffer): Promise<Session | undefined> {
  const [row] = await tx.query<Session>(
    'SELECT workspace_id, id, kind, dialect, member_id, token_id, expires_at, ended_at, last_seen_at FROM session_by_hash($1)',
    [hash],
    { name: 'find_session' },
  );
  return row;
}

/** Writes down that a web session was used. */
export async function noteSessionUse(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.query('UPDATE sessions SET last_seen_at = $3 WHERE workspace_id = $1 AND id = $2', [tx.workspaceId, id, at]);
}

/** Ends a session. False when it had ended already. */
export async function endSession(tx: Tx, id: string): Promise<boolean> {
  const ended = await tx.execute(
    'UPDATE sessions SET ended_at = now() WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL',
    [tx.workspaceId, id],
  );
  return ended > 0;
}
