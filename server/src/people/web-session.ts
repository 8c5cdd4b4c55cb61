import type { Tx } from '../platform/transaction.ts';
import { type Browser, createSession } from '../workspaces/session-store.ts';

const DAY_MS = 86_400_000;
/** The longest that somebody stays signed in, used or not. */
export const WEB_SESSION_MS = 7 * DAY_MS;
/** How long a browser stays known. */
export const DEVICE_MS = 180 * DAY_MS;

/** Signs a browser in as a member. The secret is for its cookie, and nowhere else. */
export async function openWebSession(tx: Tx, memberId: string, browser: Browser): Promise<string> {
  const expires_at = new Date(browser.at.getTime() + WEB_SESSION_MS);
  const session = { kind: 'web', dialect: null, member_id: memberId, token_id: null, expires_at, browser } as const;
  return (await createSession(tx, session)).secret;
}

/** Makes a browser one that its person has signed in with. */
export async function knowDevice(tx: Tx, memberId: string, browser: Browser): Promise<string> {
  const expires_at = new Date(browser.at.getTime() + DEVICE_MS);
  const device = { kind: 'device', dialect: null, member_id: memberId, token_id: null, expires_at, browser } as const;
  return (await createSession(tx, device)).secret;
}
