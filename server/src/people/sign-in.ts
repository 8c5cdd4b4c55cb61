import { Refused } from '../http/refused.ts';
import type { Database } from '../platform/database/database.ts';
import { fold } from '../platform/fold/fold.ts';
import type { Guesser, GuessLimits } from '../workspaces/access/guess-limit.ts';
import { checkPassword } from '../workspaces/access/passwords.ts';
import type { Browser, Session } from '../workspaces/access/session-store.ts';
import { type AuditAction, audit } from '../workspaces/audit/audit-store.ts';

import { consumeCode } from './two-step.ts';
import { findUser, type User, type Workplace, workplacesOf } from './user-store.ts';
import { endPreviousSession, findValidSession, openWebSession, rememberDevice } from './web-session.ts';

/** Services that signing in needs. */
export interface SignInContext {
  database: Database;
  guesses: GuessLimits;
  /** Makes every process forget cached sessions. */
  changed(workspaceId: string): Promise<void>;
  /** Runs work after the response, so that response times reveal nothing. */
  afterResponse(work: Promise<void>): void;
}

/** An attempt to sign in. */
export interface Attempt {
  login: string;
  password: string;
  code?: string | undefined;
  /** Workspace to sign in to. Defaults to the one last used in this browser, else the first by name. */
  workspaceId?: string | undefined;
  browser: Browser;
  /** Secrets from the browser's cookies: of its session, and by which it is recognised. */
  session?: string | undefined;
  device?: string | undefined;
}

/** Secrets for the browser's cookies. */
export interface SignedIn {
  session: string;
  /** Absent if the browser is already known. */
  device?: string;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Signs a person in by password and code. An unknown person gets the same response in the same time as a wrong
 * password.
 */
export async function signIn(attempt: Attempt, context: SignInContext): Promise<SignedIn> {
  const { login, password, browser } = attempt;
  const { user, places, brought, device } = await lookUp(attempt, context.database);
  const guesser: Guesser = {
    account: user?.id ?? fold(login),
    address: browser.address,
    device: device?.id,
  };
  const seconds = context.guesses.take(guesser);
  if (seconds > 0) throw new Refused({ kind: 'rate_limited', retryAfterSeconds: seconds });
  const right = await checkPassword(user?.password_hash, password);
  const place = choose(places, attempt.workspaceId, brought);
  if (!right || !user || !place) {
    context.afterResponse(auditFailure(context.database, places, browser));
    throw new Refused({ kind: 'not_signed_in', code: 'wrong_password' });
  }
  if (user.totp_confirmed_at && !attempt.code) {
    context.guesses.right(guesser);
    throw new Refused({ kind: 'not_signed_in', code: 'code_needed' });
  }
  const signedIn = await enter(attempt, { user, place, known: device !== undefined }, context.database);
  if (!signedIn) {
    context.afterResponse(auditFailure(context.database, places, browser));
    throw new Refused({ kind: 'not_signed_in', code: 'wrong_code' });
  }
  context.guesses.right(guesser);
  await endPreviousSession(brought, context);
  return signedIn;
}

async function lookUp({ login, session, device, browser }: Attempt, database: Database) {
  return database.global(async (tx) => {
    const user = await findUser(tx, login);
    const places = (await workplacesOf(tx, user?.id ?? nobody)).filter(({ active }) => active);
    const known = await findValidSession(tx, device, ['device'], browser.at);
    const brought = await findValidSession(tx, session, ['web'], browser.at);
    const isTheirs = places.some(({ member_id }) => member_id === known?.member_id);
    return { user, places, brought, device: isTheirs ? known : undefined };
  });
}

function choose(
  places: Workplace[],
  workspaceId: string | undefined,
  brought: Session | undefined,
): Workplace | undefined {
  if (workspaceId !== undefined) return places.find(({ workspace_id }) => workspace_id === workspaceId);
  return places.find(({ member_id }) => member_id === brought?.member_id) ?? places[0];
}

/** Returns undefined if the code is wrong. */
async function enter(
  { code, browser }: Attempt,
  { user, place, known }: { user: User; place: Workplace; known: boolean },
  database: Database,
): Promise<SignedIn | undefined> {
  return database.tx(place.workspace_id, async (tx) => {
    if (user.totp_confirmed_at && !(await consumeCode(tx, user, code ?? '', browser.at))) return undefined;
    const session = await openWebSession(tx, place.member_id, browser);
    const device = known ? undefined : await rememberDevice(tx, place.member_id, browser);
    await audit(tx, entry('signed_in', place, browser), browser.at);
    return device ? { session, device } : { session };
  });
}

async function auditFailure(database: Database, places: readonly Workplace[], browser: Browser): Promise<void> {
  for (const place of places)
    await database.tx(place.workspace_id, (tx) =>
      audit(tx, { ...entry('sign_in_failed', place, browser), actor: 'nobody' }, browser.at),
    );
}

function entry(action: AuditAction, { member_id }: Workplace, { address }: Browser) {
  return { actor: `member:${member_id}`, action, detail: { member_id, address } };
}
