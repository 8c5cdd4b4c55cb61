import { Refused } from '../http/refused.ts';
import type { Database } from '../platform/database/database.ts';
import { fold } from '../platform/fold/fold.ts';
import type { Keyring } from '../secrets/keyring.ts';
import {
  type Account,
  accountOfSession,
  findAccounts,
  type Workplace,
  workplacesOf,
} from '../workspaces/access/account-store.ts';
import type { Guesser, GuessLimits } from '../workspaces/access/guess-limit.ts';
import { findByPassword, TRIED_ACCOUNTS } from '../workspaces/access/passwords.ts';
import type { Browser, Session } from '../workspaces/access/session-store.ts';
import type { UnknownNames } from '../workspaces/access/unknown-names.ts';
import { type AuditAction, audit } from '../workspaces/audit/audit-store.ts';

import { consumeCode } from './two-step.ts';
import { endPreviousSession, findValidSession, openWebSession, rememberDevice } from './web-session.ts';

/** Services needed to sign in. */
export interface SignInContext {
  database: Database;
  guesses: GuessLimits;
  keyring: Keyring;
  unknownNames: Pick<UnknownNames, 'note'>;
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
  /** Name or id of a workspace that the login belongs to, needed if several people have the same login. */
  workspace?: string | undefined;
  /** Workspace to sign in to. Defaults to the one last used in this browser; otherwise the first by name. */
  workspaceId?: string | undefined;
  browser: Browser;
  /** Secrets from the browser's cookies: `session` of its current session, `device` to recognise the browser. */
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
 * Signs a person in by password and code. Several accounts may have the same name; the password decides between them.
 * An unknown name and a wrong password get the same response in the same time, however many accounts there are.
 */
export async function signIn(attempt: Attempt, context: SignInContext): Promise<SignedIn> {
  const { login, password, browser } = attempt;
  const { candidates, brought, device } = await lookUp(attempt, context.database);
  const ids = candidates.map(({ id }) => id);
  const guesser: Guesser = { accounts: ids.length > 0 ? ids : [fold(login)], address: browser.address, device };
  const seconds = context.guesses.take(guesser);
  if (seconds > 0) throw new Refused({ kind: 'rate_limited', retryAfterSeconds: seconds });
  const account = await findByPassword(candidates, password);
  const place = account && choose(account.places, brought);
  if (!account || !place) {
    // The failure is recorded only in the workspaces of the likeliest account. Otherwise anybody could learn of a
    // stranger's attempts by creating an account with the same name.
    context.afterResponse(auditFailure(context.database, candidates[0], browser));
    if (candidates.length === 0) context.unknownNames.note(browser.address);
    throw new Refused({ kind: 'not_signed_in', code: 'wrong_password' });
  }
  if (account.totp_confirmed_at && !attempt.code) {
    context.guesses.right(guesser, account.id);
    throw new Refused({ kind: 'not_signed_in', code: 'code_needed' });
  }
  const known = device?.account === account.id;
  const signedIn = await enter(attempt, { account, place, known }, context);
  if (!signedIn) {
    context.afterResponse(auditFailure(context.database, account, browser));
    throw new Refused({ kind: 'not_signed_in', code: 'wrong_code' });
  }
  context.guesses.right(guesser, account.id);
  await endPreviousSession(brought, context);
  return signedIn;
}

/** An account that the login may refer to, with the workspaces that the person may sign in to. */
interface Candidate extends Account {
  places: readonly Workplace[];
}

async function lookUp({ login, workspace, workspaceId, session, device, browser }: Attempt, database: Database) {
  return database.global(async (tx) => {
    const known = await findValidSession(tx, device, ['device'], browser.at);
    const brought = await findValidSession(tx, session, ['web'], browser.at);
    const knownAccount = known && (await accountOfSession(tx, known));
    const search = { login, organisation: workspace ?? null, known: knownAccount ?? null, most: TRIED_ACCOUNTS };
    const accounts = await findAccounts(tx, search);
    const candidates: Candidate[] = [];
    // Always the same number of queries, so that their time does not reveal how many accounts there are.
    for (let at = 0; at < TRIED_ACCOUNTS; at += 1) {
      const account = accounts[at];
      const all = await workplacesOf(tx, account?.id ?? nobody);
      const places = all.filter((one) => one.active && (workspaceId === undefined || one.workspace_id === workspaceId));
      if (account && places.length > 0) candidates.push({ ...account, places });
    }
    return { candidates, brought, device: known && knownAccount ? { id: known.id, account: knownAccount } : undefined };
  });
}

function choose(places: readonly Workplace[], brought: Session | undefined): Workplace | undefined {
  return places.find(({ member_id }) => member_id === brought?.member_id) ?? places[0];
}

/** Opens a session in this workspace. Returns undefined if the code is wrong. */
async function enter(
  { code, browser }: Attempt,
  { account, place, known }: { account: Account; place: Workplace; known: boolean },
  { database, keyring }: Pick<SignInContext, 'database' | 'keyring'>,
): Promise<SignedIn | undefined> {
  return database.tx(place.workspace_id, async (tx) => {
    if (account.totp_confirmed_at && !(await consumeCode(tx, account, code ?? '', { now: browser.at, keyring })))
      return undefined;
    const session = await openWebSession(tx, place.member_id, browser);
    const device = known ? undefined : await rememberDevice(tx, place.member_id, browser);
    await audit(tx, entry('signed_in', place, browser), browser.at);
    return device ? { session, device } : { session };
  });
}

async function auditFailure(database: Database, account: Candidate | undefined, browser: Browser): Promise<void> {
  for (const place of account?.places ?? [])
    await database.tx(place.workspace_id, (tx) =>
      audit(tx, { ...entry('sign_in_failed', place, browser), actor: 'nobody' }, browser.at),
    );
}

function entry(action: AuditAction, { member_id }: Workplace, { address }: Browser) {
  return { actor: `member:${member_id}`, action, detail: { member_id, address } };
}
