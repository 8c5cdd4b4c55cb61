import { Refused } from '../http/refused.ts';
import { isConflict } from '../platform/database/database-errors.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { type Account, changePassword, joinAccount, lockAccount } from '../workspaces/access/account-store.ts';
import { type Browser, endSession, endSessionsOf } from '../workspaces/access/session-store.ts';
import { audit } from '../workspaces/audit/audit-store.ts';
import { type Invitation, type InvitationContext, linkEnded } from './invitation.ts';
import type { SignedIn } from './sign-in.ts';
import { consumeCode } from './two-step.ts';
import { openWebSession, rememberDevice } from './web-session.ts';

/** The consent of a signed-in person whose password has been checked. */
export interface Consent {
  account: Account;
  /** Hash of a new password; required if a workspace could reset the account until now. */
  hash: string | undefined;
  code: string | undefined;
  browser: Browser;
}

/**
 * Accepts an invitation with the account that the person is signed in to. From then on the account is their own: what
 * administrators of its first workspace know or left behind (password, sessions, links, known browsers) becomes
 * invalid. A link mailed to the account's own address would prove as much, so its handler may call this too.
 */
export async function joinWorkspace(
  { link, member, account: taken }: Invitation,
  consent: Consent,
  { database, keyring, changed }: Pick<InvitationContext, 'database' | 'keyring' | 'changed'>,
): Promise<SignedIn> {
  if (taken) throw linkEnded();
  const made = await database
    .tx(link.workspace_id, (tx) => join(tx, { linkId: link.id, memberId: member.id, keyring }, consent))
    .catch((error: unknown) => {
      throw isConflict(error) ? isMemberAlready() : error;
    });
  await changed(link.workspace_id);
  return made;
}

async function join(
  tx: Tx,
  { linkId, memberId, keyring }: { linkId: string; memberId: string; keyring: Keyring },
  { account, hash, code = '', browser }: Consent,
): Promise<SignedIn> {
  if (!(await endSession(tx, linkId))) throw linkEnded();
  if (!(await joinAccount(tx, account.id, memberId))) throw linkEnded();
  const locked = await lockAccount(tx, account.id);
  if (locked?.password_hash !== account.password_hash)
    throw new Refused({ kind: 'not_signed_in', code: 'wrong_password' });
  if (locked?.totp_confirmed_at && !(await consumeCode(tx, locked, code, { now: browser.at, keyring })))
    throw new Refused({ kind: 'not_signed_in', code: 'wrong_code' });
  if (hash) await changePassword(tx, account.id, hash);
  await endSessionsOf(tx, account.id, null);
  const detail = { member_id: memberId, address: browser.address, password_chosen: false };
  await audit(tx, { actor: `member:${memberId}`, action: 'invitation_taken', detail }, browser.at);
  const session = await openWebSession(tx, memberId, browser);
  return { session, device: await rememberDevice(tx, memberId, browser) };
}

function isMemberAlready(): Refused {
  return new Refused({
    kind: 'own_conflict',
    code: 'in_use',
    detail: 'Your account is already a member of this workspace.',
  });
}
