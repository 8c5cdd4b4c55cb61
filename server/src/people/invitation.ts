import { touches } from '../events/screens.ts';
import { Refused } from '../http/refused.ts';
import type { Database } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Keyring } from '../secrets/keyring.ts';
import {
  type Account,
  changePassword,
  getAccount,
  lockAccount,
  openAccount,
} from '../workspaces/access/account-store.ts';
import type { GuessLimits } from '../workspaces/access/guess-limit.ts';
import { hashPassword } from '../workspaces/access/passwords.ts';
import { type Browser, endSession, endSessionsOf, type Session } from '../workspaces/access/session-store.ts';
import { audit } from '../workspaces/audit/audit-store.ts';
import { NO_ADDRESS } from '../workspaces/first-run.ts';
import { renameMember } from '../workspaces/members/member-store.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';
import type { Member } from '../workspaces/reference-data.ts';
import type { SignedIn } from './sign-in.ts';
import { consumeCode } from './two-step.ts';
import { endPreviousSession, findValidSession, openWebSession, rememberDevice } from './web-session.ts';

/** Services needed to accept an invitation. */
export interface InvitationContext {
  database: Database;
  referenceCache: Pick<ReferenceCache, 'get'>;
  guesses: GuessLimits;
  keyring: Keyring;
  changed(workspaceId: string): Promise<void>;
}

/** A valid link and the member it belongs to. */
export interface Invitation {
  link: Session;
  member: Member;
  workspace: string;
  /** The account whose password the link sets; undefined if the person has yet to accept the invitation. */
  account?: Account | undefined;
  /** Whether the person has no email address yet, like the owner created by the first run. */
  needsEmail: boolean;
}

/** The checked body of a request that accepts an invitation with a new account, or sets a new password. */
export interface InvitationAnswer {
  name?: string | undefined;
  email?: string | undefined;
  /** The new password, which complies with the rules. */
  password: string;
  code?: string | undefined;
}

/** The browser in which a link was opened, and its session. */
export interface LinkBrowser {
  browser: Browser;
  /** Secret of the browser's current session, which ends. */
  session: string | undefined;
}

/**
 * Finds a valid link by its secret. Expired links, unknown secrets and links that are no longer needed are refused in
 * the same way. The number of such attempts from one address is limited.
 */
export async function findInvitation(
  secret: string,
  { address, at }: Pick<Browser, 'address' | 'at'>,
  context: InvitationContext,
): Promise<Invitation> {
  const found = await find(secret, at, context);
  if (found) return found;
  const seconds = context.guesses.waitToLookUp({ of: 'link', address });
  if (seconds > 0) throw new Refused({ kind: 'rate_limited', retryAfterSeconds: seconds });
  context.guesses.missed({ of: 'link', address });
  throw linkEnded();
}

async function find(secret: string, now: Date, context: InvitationContext): Promise<Invitation | undefined> {
  const link = await context.database.global((tx) => findValidSession(tx, secret, ['welcome_link', 'reset_link'], now));
  if (!link) return undefined;
  const { workspace, get } = await context.referenceCache.get(link.workspace_id);
  const member = get('member', link.member_id);
  if (!member?.active) return undefined;
  const account = await context.database.tx(link.workspace_id, (tx) => getAccount(tx, member.user_id));
  if (link.kind === 'reset_link' ? account?.managed_by !== link.workspace_id : account) return undefined;
  return { link, member, account, workspace: workspace.name, needsEmail: member.email.endsWith(NO_ADDRESS) };
}

/**
 * Accepts an invitation with a new account, or sets the password of an account that only this workspace uses. The link
 * becomes invalid and the person is signed in. Only one of two concurrent attempts succeeds.
 */
export async function acceptInvitation(
  invitation: Invitation,
  answer: InvitationAnswer,
  { browser, session }: LinkBrowser,
  context: InvitationContext,
): Promise<SignedIn> {
  const { link, account } = invitation;
  const guesser = { accounts: [account?.id ?? link.id], address: browser.address };
  const seconds = context.guesses.take(guesser);
  if (seconds > 0) throw new Refused({ kind: 'rate_limited', retryAfterSeconds: seconds });
  const right = () => context.guesses.right(guesser, account?.id ?? link.id);
  if (account?.totp_confirmed_at && !answer.code) {
    right();
    throw new Refused({ kind: 'not_signed_in', code: 'code_needed' });
  }
  const hash = await hashPassword(answer.password);
  const made = await context.database.tx(link.workspace_id, (tx) =>
    accept(tx, invitation, { ...answer, hash }, { browser, keyring: context.keyring }),
  );
  right();
  const brought = await context.database.global((tx) => findValidSession(tx, session, ['web'], browser.at));
  await endPreviousSession(brought, context);
  await context.changed(link.workspace_id);
  return made;
}

async function accept(
  tx: Tx,
  { link, member, account }: Invitation,
  { name, email, hash, code = '' }: InvitationAnswer & { hash: string },
  { browser, keyring }: { browser: Browser; keyring: Keyring },
): Promise<SignedIn> {
  if (!(await endSession(tx, link.id))) throw linkEnded();
  if (account) {
    const locked = await lockAccount(tx, account.id);
    // If the person has joined another workspace in the meantime, only they can set the password.
    if (locked?.managed_by !== tx.workspaceId) throw linkEnded();
    if (locked.totp_confirmed_at && !(await consumeCode(tx, locked, code, { now: browser.at, keyring })))
      throw new Refused({ kind: 'not_signed_in', code: 'wrong_code' });
    await changePassword(tx, account.id, hash);
    await endSessionsOf(tx, account.id, null);
  } else if (!(await openAccount(tx, member.id, hash))) throw linkEnded();
  if (name || email) await renameMember(tx, member.id, { ...(name && { name }), ...(email && { email }) });
  touches(tx, 'people');
  const detail = { member_id: member.id, address: browser.address, password_chosen: true };
  await audit(tx, { actor: `member:${member.id}`, action: 'invitation_taken', detail }, browser.at);
  const session = await openWebSession(tx, member.id, browser);
  return { session, device: await rememberDevice(tx, member.id, browser) };
}

export function linkEnded(): Refused {
  return new Refused({ kind: 'link_ended' });
}
