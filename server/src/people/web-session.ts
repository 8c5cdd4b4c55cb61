import type { Database } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import {
  type Browser,
  createSession,
  endSession,
  findSession,
  type Session,
} from '../workspaces/access/session-store.ts';
import { hashSecret } from '../workspaces/tokens/token-store.ts';

const DAY_MS = 86_400_000;
/** Maximum lifetime of a web session, used or not. */
export const WEB_SESSION_MS = 7 * DAY_MS;
/** How long a browser is recognised. */
export const DEVICE_MS = 180 * DAY_MS;

/** Creates a web session for a member. The secret goes into the cookie and is not stored. */
export async function openWebSession(tx: Tx, memberId: string, browser: Browser): Promise<string> {
  const expires_at = new Date(browser.at.getTime() + WEB_SESSION_MS);
  const session = { kind: 'web', dialect: null, member_id: memberId, token_id: null, expires_at, browser } as const;
  return (await createSession(tx, session)).secret;
}

/** Remembers a browser that the person has signed in with. Returns the secret for its cookie. */
export async function rememberDevice(tx: Tx, memberId: string, browser: Browser): Promise<string> {
  const expires_at = new Date(browser.at.getTime() + DEVICE_MS);
  const device = { kind: 'device', dialect: null, member_id: memberId, token_id: null, expires_at, browser } as const;
  return (await createSession(tx, device)).secret;
}

/** Finds a session or link of one of these kinds by its secret, if it is still valid. */
export async function findValidSession(
  tx: Tx,
  secret: string | undefined,
  kinds: readonly Session['kind'][],
  now: Date,
): Promise<Session | undefined> {
  const found = secret === undefined ? undefined : await findSession(tx, hashSecret(secret));
  return found && kinds.includes(found.kind) && !found.ended_at && found.expires_at > now ? found : undefined;
}

/** Ends the browser's previous session when a new one begins. */
export async function endPreviousSession(
  brought: Session | undefined,
  { database, changed }: { database: Database; changed(workspaceId: string): Promise<void> },
): Promise<void> {
  if (!brought) return;
  await database.tx(brought.workspace_id, (tx) => endSession(tx, brought.id));
  await changed(brought.workspace_id);
}
