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
import { takeCode } from './two-step.ts';
import { changeEmail, changePassword, renameUser, type User, userOfMember } from './user-store.ts';
import { findWorking, knowDevice, leaveSession, openWebSession } from './web-session.ts';

/** What taking a link needs of the server. */
export interface InvitationParts {
  database: Database;
  referenceCache: Pick<ReferenceCache, 'get'>;
  guesses: GuessLimits;
  changed(workspaceId: string): Promise<void>;
}

/** A link that works, and whose it is. */
export interface Invitation {
  link: Session;
  user: User;
  workspace: string;
  /** Whether its holder chooses a password; else they confirm with the one they have. */
  chooses: boolean;
  /** Whether the person is new here and says their name. */
  isNew: boolean;
  /** Whether the person has no address yet: the owner whom the first run made. */
  needsEmail: boolean;
}

/** What somebody who takes a link says, once it is checked. */
export interface IncomingLead {
  name?: string | undefined;
  email?: string | undefined;
  password: string;
  /** Of the password, where one is chosen. */
  hash?: string | undefined;
  code?: string | undefined;
}

/** Finds the link that a secret stands for; refuses one that works no more, and what never was one, alike. */
export async function findInvitation(secret: string, now: Date, parts: InvitationParts): Promise<Invitation> {
  const link = await parts.database.global((tx) => findWorking(tx, secret, ['welcome_link', 'reset_link'], now));
  if (!link) throw ended();
  const user = await parts.database.tx(link.workspace_id, (tx) => userOfMember(tx, link.member_id));
  if (!user) throw ended();
  const { workspace } = await parts.referenceCache.get(link.workspace_id);
  return {
    link,
    user,
    workspace: workspace.name,
    chooses: link.kind === 'reset_link' || user.password_hash === null,
    isNew: user.password_hash === null,
    needsEmail: user.email.endsWith(NO_ADDRESS),
  };
}

/** Takes a link: it ends, and its holder is signed in. Of two who take it at once, one does. */
export async function takeInvitation(
  invitation: Invitation,
  incoming: IncomingLead,
  { browser, session }: { browser: Browser; session: string | undefined },
  parts: InvitationParts,
): Promise<SignedIn> {
  const { link, user, chooses } = invitation;
  const guesser = { account: user.id, address: browser.address, device: link.id };
  const seconds = parts.guesses.take(guesser);
  if (seconds > 0) throw new Refused({ kind: 'rate_limited', retryAfterSeconds: seconds });
  if (!chooses && !(await checkPassword(user.password_hash, incoming.password)))
    throw new Refused({ kind: 'not_signed_in', code: 'wrong_password' });
  if (user.totp_confirmed_at && !incoming.code) {
    parts.guesses.right(guesser);
    throw new Refused({ kind: 'not_signed_in', code: 'code_needed' });
  }
  const made = await parts.database.tx(link.workspace_id, (tx) => join(tx, invitation, incoming, browser));
  parts.guesses.right(guesser);
  const brought = await parts.database.global((tx) => findWorking(tx, session, ['web'], browser.at));
  await leaveSession(brought, parts);
  await parts.changed(link.workspace_id);
  return made;
}

async function join(tx: Tx, invitation: Invitation, incoming: IncomingLead, browser: Browser): Promise<SignedIn> {
  const { link, user } = invitation;
  const memberId = link.member_id ?? '';
  if (!(await endSession(tx, link.id))) throw ended();
  if (user.totp_confirmed_at && !(await takeCode(tx, user, incoming.code ?? '', browser.at)))
    throw new Refused({ kind: 'not_signed_in', code: 'wrong_code' });
  if (incoming.email) await changeEmail(tx, user.id, incoming.email);
  if (incoming.name) await renameUser(tx, user.id, incoming.name);
  if (incoming.hash) {
    await changePassword(tx, user.id, incoming.hash);
    await endSessionsOf(tx, user.id, null);
  }
  touches(tx, 'people');
  const detail = { member_id: memberId, address: browser.address, password_chosen: incoming.hash !== undefined };
  await audit(tx, { actor: `member:${memberId}`, action: 'invitation_taken', detail }, browser.at);
  const session = await openWebSession(tx, memberId, browser);
  return { session, device: await knowDevice(tx, memberId, browser) };
}

function ended(): Refused {
  return new Refused({ kind: 'link_ended' });
}
