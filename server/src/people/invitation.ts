import { touches } from '../events/screens.ts';
import { Refused } from '../http/refused.ts';
import type { Database } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { GuessLimits } from '../workspaces/access/guess-limit.ts';
import { checkPassword } from '../workspaces/access/passwords.ts';
import { type Browser, endSession, endSessionsOf, type Session } from '../workspaces/access/session-store.ts';
import { audit } from '../workspaces/audit/audit-store.ts';
import { NO_ADDRESS } from '../workspaces/first-run.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';
import type { SignedIn } from './sign-in.ts';
import { consumeCode } from './two-step.ts';
import { changeEmail, changePassword, renameUser, type User, userOfMember } from './user-store.ts';
import { endPreviousSession, findValidSession, openWebSession, rememberDevice } from './web-session.ts';

/** Services that accepting an invitation needs. */
export interface InvitationContext {
  database: Database;
  referenceCache: Pick<ReferenceCache, 'get'>;
  guesses: GuessLimits;
  changed(workspaceId: string): Promise<void>;
}

/** A valid link and the member it belongs to. */
export interface Invitation {
  link: Session;
  user: User;
  workspace: string;
  /** Whether the person sets a password; otherwise they confirm with their current one. */
  chooses: boolean;
  /** Whether the person is new and must give a name. */
  isNew: boolean;
  /** Whether the person has no email address yet, as the owner created by the first run. */
  needsEmail: boolean;
}

/** The checked body of a request that accepts an invitation. */
export interface InvitationAnswer {
  name?: string | undefined;
  email?: string | undefined;
  password: string;
  /** Hash of the new password, if one is set. */
  hash?: string | undefined;
  code?: string | undefined;
}

/** Finds a valid link by its secret. Expired links and unknown secrets get the same refusal. */
export async function findInvitation(secret: string, now: Date, context: InvitationContext): Promise<Invitation> {
  const link = await context.database.global((tx) => findValidSession(tx, secret, ['welcome_link', 'reset_link'], now));
  if (!link) throw ended();
  const user = await context.database.tx(link.workspace_id, (tx) => userOfMember(tx, link.member_id));
  if (!user) throw ended();
  const { workspace } = await context.referenceCache.get(link.workspace_id);
  return {
    link,
    user,
    workspace: workspace.name,
    chooses: link.kind === 'reset_link' || user.password_hash === null,
    isNew: user.password_hash === null,
    needsEmail: user.email.endsWith(NO_ADDRESS),
  };
}

/**
 * Accepts an invitation: the link becomes invalid and the person is signed in. Of two concurrent attempts one succeeds.
 */
export async function acceptInvitation(
  invitation: Invitation,
  answer: InvitationAnswer,
  { browser, session }: { browser: Browser; session: string | undefined },
  context: InvitationContext,
): Promise<SignedIn> {
  const { link, user, chooses } = invitation;
  const guesser = { account: user.id, address: browser.address, device: link.id };
  const seconds = context.guesses.take(guesser);
  if (seconds > 0) throw new Refused({ kind: 'rate_limited', retryAfterSeconds: seconds });
  if (!chooses && !(await checkPassword(user.password_hash, answer.password)))
    throw new Refused({ kind: 'not_signed_in', code: 'wrong_password' });
  if (user.totp_confirmed_at && !answer.code) {
    context.guesses.right(guesser);
    throw new Refused({ kind: 'not_signed_in', code: 'code_needed' });
  }
  const made = await context.database.tx(link.workspace_id, (tx) => join(tx, invitation, answer, browser));
  context.guesses.right(guesser);
  const brought = await context.database.global((tx) => findValidSession(tx, session, ['web'], browser.at));
  await endPreviousSession(brought, context);
  await context.changed(link.workspace_id);
  return made;
}

async function join(tx: Tx, invitation: Invitation, answer: InvitationAnswer, browser: Browser): Promise<SignedIn> {
  const { link, user } = invitation;
  const memberId = link.member_id ?? '';
  if (!(await endSession(tx, link.id))) throw ended();
  if (user.totp_confirmed_at && !(await consumeCode(tx, user, answer.code ?? '', browser.at)))
    throw new Refused({ kind: 'not_signed_in', code: 'wrong_code' });
  if (answer.email) await changeEmail(tx, user.id, answer.email);
  if (answer.name) await renameUser(tx, user.id, answer.name);
  if (answer.hash) {
    await changePassword(tx, user.id, answer.hash);
    await endSessionsOf(tx, user.id, null);
  }
  touches(tx, 'people');
  const detail = { member_id: memberId, address: browser.address, password_chosen: answer.hash !== undefined };
  await audit(tx, { actor: `member:${memberId}`, action: 'invitation_taken', detail }, browser.at);
  const session = await openWebSession(tx, memberId, browser);
  return { session, device: await rememberDevice(tx, memberId, browser) };
}

function ended(): Refused {
  return new Refused({ kind: 'link_ended' });
}
