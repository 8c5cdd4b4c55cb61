import { randomBytes } from 'node:crypto';
import type { Tx } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { hashSecret } from '../tokens/token-store.ts';

/**
 * What a secret may stand for besides a token: a dialect's session, a link by which somebody joins or chooses a password
 * anew, a browser that is signed in, a browser that was signed in before.
 */
type SessionKind = 'api' | 'welcome_link' | 'reset_link' | 'web' | 'device';

export interface Session {
  workspace_id: string;
  id: string;
  kind: SessionKind;
  /** The dialect that gave it out, for an `api` session. */
  dialect: string | null;
  member_id: string | null;
  token_id: string | null;
  expires_at: Date;
  ended_at: Date | null;
  /** Of a web session: when it was last used; null: when it was made. */
  last_seen_at: Date | null;
}

/** A web session that nobody used for so long has ended, in ms. */
export const IDLE_MS = 12 * 3_600_000;

/** Which browser it is, and since when. */
export interface Browser {
  address: string;
  user_agent: string | null;
  at: Date;
}

/** Makes a session; the secret is answered once. Only its hash is kept. */
export async function createSession(
  tx: Tx,
  session: Pick<Session, 'kind' | 'dialect' | 'member_id' | 'token_id' | 'expires_at'> & { browser?: Browser },
  secret: string = randomBytes(32).toString('base64url'),
): Promise<{ id: string; secret: string }> {
  const id = uuidv7();
  await tx.query(
    `INSERT INTO sessions (workspace_id, id, kind, dialect, hash, member_id, token_id, expires_at, address, user_agent,
       created_at, last_seen_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, coalesce($11, now()), $11)`,
    [
      tx.workspaceId,
      id,
      session.kind,
      session.dialect,
      hashSecret(secret),
      session.member_id,
      session.token_id,
      session.expires_at,
      session.browser?.address ?? null,
      session.browser?.user_agent?.slice(0, 500) ?? null,
      session.browser?.at ?? null,
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

/** Ends the links that a member has not used: only the newest one counts. */
export async function endLinks(tx: Tx, memberId: string): Promise<void> {
  await tx.query(
    `UPDATE sessions SET ended_at = now() WHERE workspace_id = $1 AND member_id = $2 AND ended_at IS NULL
       AND kind IN ('welcome_link', 'reset_link')`,
    [tx.workspaceId, memberId],
  );
}

/** A browser in which a person is signed in. */
export interface WebSession extends Omit<Browser, 'at'> {
  id: string;
  workspace: string;
  created_at: Date;
  last_seen_at: Date | null;
  expires_at: Date;
}

/** Where a person is signed in, in whichever workspace; the newest first. */
export async function webSessionsOf(tx: Tx, userId: string): Promise<WebSession[]> {
  return tx.query<WebSession>(
    `SELECT id, workspace, created_at, last_seen_at, expires_at, coalesce(address, '') AS address, user_agent
     FROM web_sessions_of_user($1)`,
    [userId],
  );
}

/** Ends one of a person's own web sessions. False when there is none of that id. */
export async function endWebSession(tx: Tx, userId: string, id: string): Promise<boolean> {
  return (await tx.query('SELECT end_web_session_of_user($1, $2)', [userId, id])).length > 0;
}

/** Ends whatever a person is signed in to, but one session. */
export async function endSessionsOf(tx: Tx, userId: string, exceptId: string | null): Promise<void> {
  await tx.query('SELECT end_sessions_of_user($1, $2)', [userId, exceptId]);
}

/** Ends whatever a member is signed in to, in this workspace. */
export async function endSessionsOfMember(tx: Tx, memberId: string): Promise<void> {
  await tx.query(
    'UPDATE sessions SET ended_at = now() WHERE workspace_id = $1 AND member_id = $2 AND ended_at IS NULL',
    [tx.workspaceId, memberId],
  );
}

/** Where a member is signed in to this workspace; the newest first. */
export async function webSessionsOfMember(
  tx: Tx,
  memberId: string,
  now: Date,
): Promise<Omit<WebSession, 'workspace'>[]> {
  return tx.query<Omit<WebSession, 'workspace'>>(
    `SELECT id, created_at, last_seen_at, expires_at, coalesce(address, '') AS address, user_agent FROM sessions
     WHERE workspace_id = $1 AND member_id = $2 AND kind = 'web' AND ended_at IS NULL AND expires_at > $3 ORDER BY id DESC`,
    [tx.workspaceId, memberId, now],
  );
}
