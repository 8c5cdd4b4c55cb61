import { randomBytes } from 'node:crypto';
import type { Tx } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { hashSecret } from '../tokens/token-store.ts';

/**
 * Kinds of secrets besides tokens: a dialect's session, a link to join or to reset a password, a browser's session, and
 * a known browser.
 */
type SessionKind = 'api' | 'welcome_link' | 'reset_link' | 'web' | 'device';

export interface Session {
  workspace_id: string;
  id: string;
  kind: SessionKind;
  /** Dialect of an `api` session; SAMPLE_SESSION for an owner who has entered as a sample member. */
  dialect: string | null;
  member_id: string | null;
  token_id: string | null;
  expires_at: Date;
  ended_at: Date | null;
  /** Last use of a web session; null if not used since it was created. */
  last_seen_at: Date | null;
}

/** Marks the web session of a sample member, who has no account. */
export const SAMPLE_SESSION = 'sample';

/** Idle time after which a web session ends, in ms. */
export const IDLE_MS = 12 * 3_600_000;

export interface Browser {
  address: string;
  user_agent: string | null;
  at: Date;
}

/** Creates a session and returns its secret, of which only the hash is stored. */
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

/** Finds a session by the hash of its secret, before the workspace is known. Includes ended and expired sessions. */
export async function findSession(tx: Tx, hash: Buffer): Promise<Session | undefined> {
  const [row] = await tx.query<Session>(
    'SELECT workspace_id, id, kind, dialect, member_id, token_id, expires_at, ended_at, last_seen_at FROM session_by_hash($1)',
    [hash],
    { name: 'find_session' },
  );
  return row;
}

/** Stores when a web session was last used. */
export async function noteSessionUse(tx: Tx, id: string, at: Date): Promise<void> {
  // Another process may have stored a later use.
  await tx.query('UPDATE sessions SET last_seen_at = greatest(last_seen_at, $3) WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    id,
    at,
  ]);
}

/** Ends a session. Returns false if it had already ended. */
export async function endSession(tx: Tx, id: string): Promise<boolean> {
  const ended = await tx.execute(
    'UPDATE sessions SET ended_at = now() WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL',
    [tx.workspaceId, id],
  );
  return ended > 0;
}

/** Ends a member's unused links, because only the newest one is valid. */
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

/** A person's web sessions in all workspaces, newest first. */
export async function webSessionsOf(tx: Tx, userId: string): Promise<WebSession[]> {
  return tx.query<WebSession>(
    `SELECT id, workspace, created_at, last_seen_at, expires_at, coalesce(address, '') AS address, user_agent
     FROM web_sessions_of_user($1)`,
    [userId],
  );
}

/** Ends one of a person's own web sessions. Returns false if there is none with that id. */
export async function endWebSession(tx: Tx, userId: string, id: string): Promise<boolean> {
  return (await tx.query('SELECT end_web_session_of_user($1, $2)', [userId, id])).length > 0;
}

/** Ends all sessions of a person except one. */
export async function endSessionsOf(tx: Tx, userId: string, exceptId: string | null): Promise<void> {
  await tx.query('SELECT end_sessions_of_user($1, $2)', [userId, exceptId]);
}

/** Ends all sessions of a member in this workspace. */
export async function endSessionsOfMember(tx: Tx, memberId: string): Promise<void> {
  await tx.query(
    'UPDATE sessions SET ended_at = now() WHERE workspace_id = $1 AND member_id = $2 AND ended_at IS NULL',
    [tx.workspaceId, memberId],
  );
}

/** A member's web sessions in this workspace, newest first. */
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
