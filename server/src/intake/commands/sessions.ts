import { randomBytes, randomUUID } from 'node:crypto';
import type { Tx } from '../../platform/database/transaction.ts';
import { createSession, endSession } from '../../workspaces/access/session-store.ts';
import { audit } from '../../workspaces/audit/audit-store.ts';
import { announceChange } from '../../workspaces/change-store.ts';
import type { Arrival } from '../arrival.ts';
import type { Performed, Performer } from './performer.ts';

/** Lifetime of a dialect's session, in ms, whether it is used or not. */
const SESSION_MS = 2 * 3_600_000;

export const signInByKey: Performer<'signInByKey'> = async (tx, _command, { caller, now }) => {
  return openSession(tx, { ...caller, user: caller.token_name ?? '' }, now);
};

export const signOut: Performer<'signOut'> = async (tx, _command, { caller, actor, now }) => {
  const { session_id, member_id, dialect } = caller;
  const ended = session_id !== null && (await endSession(tx, session_id));
  if (ended && member_id) await audit(tx, { actor, action: 'signed_out', detail: { dialect } }, now);
  await announceChange(tx);
  return { result: { kind: 'signed_out' }, lead_id: null };
};

export const listReferences: Performer<'listReferences'> = async (_tx, { of }, { referenceData }) => ({
  result: { kind: 'references', of, items: referenceData.all(of) },
  lead_id: null,
});

/** Opens a session for a member or token and returns its secret. */
export async function openSession(
  tx: Tx,
  who: Pick<Arrival['caller'], 'dialect' | 'member_id' | 'token_id' | 'workspace_id'> & { user: string },
  now: Date,
): Promise<Performed> {
  const expires = new Date(now.getTime() + SESSION_MS);
  const { dialect, member_id, token_id } = who;
  const secret = webToken(who.user, who.workspace_id, now, expires);
  await createSession(tx, { kind: 'api', dialect, member_id, token_id, expires_at: expires }, secret);
  return { result: { kind: 'signed_in', token: secret, expires_at: expires }, lead_id: null };
}

/**
 * Creates a session secret that looks like a JSON web token, because clients decode it to read the expiry time. Its
 * contents are never trusted: sessions are looked up by hash, and the last part is random.
 */
function webToken(user: string, organisation: string, now: Date, expires: Date): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const seconds = (date: Date) => String(Math.floor(date.getTime() / 1000));
  return [
    part({ typ: 'JWT', alg: 'HS256' }),
    part({
      usr: user,
      org: organisation,
      exp: seconds(expires),
      iat: seconds(now),
      jti: randomUUID().replaceAll('-', ''),
    }),
    randomBytes(32).toString('base64url'),
  ].join('.');
}
