import type { Database } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';
import { createSession, endLinks } from './access/session-store.ts';
import { addMember } from './members/member-store.ts';
import { createToken } from './tokens/token-store.ts';
import { createWorkspace, fillWorkspace, hasWorkspace } from './workspace-store.ts';

/** Results of the first run; the secrets are shown once and stored nowhere. */
export interface FirstRun {
  workspaceId: string;
  /** Secret of the one-time sign-in link. */
  link: string;
  /** Secrets by dialect. */
  tokens: ReadonlyMap<string, string>;
}

export interface TokenKind {
  name: string;
  tokenPrefix: string;
  /** Whether its tokens may create custom fields by default. */
  createsFields?: boolean;
}

const LINK_MS = 7 * 86_400_000;
/** Domain of placeholder addresses for people without an email address; it never receives mail (RFC 2606). */
export const NO_ADDRESS = '@leadwell.invalid';

/**
 * Creates the first workspace with its owner and a token for each dialect, all or nothing. Returns null if a workspace
 * exists already.
 */
export async function firstRun(
  owner: Database,
  options: { region: string; kinds: readonly TokenKind[]; now: Date },
): Promise<FirstRun | null> {
  const workspaceId = uuidv7();
  return owner.tx(workspaceId, async (tx) => {
    if (await hasWorkspace(tx)) return null;
    if (!(await createWorkspace(tx, { id: workspaceId, name: 'default', region: options.region }))) return null;
    await fillWorkspace(tx);
    const memberId = await addMember(tx, {
      email: `owner${NO_ADDRESS}`,
      username: 'owner',
      name: 'Owner',
      role: 'owner',
      password_hash: null,
    });
    if (!memberId) throw new Error('The owner could not be made.');
    const link = await makeLink(tx, memberId, options.now);
    return { workspaceId, link: link.secret, tokens: await firstTokens(tx, options.kinds) };
  });
}

async function firstTokens(tx: Tx, kinds: readonly TokenKind[]): Promise<Map<string, string>> {
  const tokens = new Map<string, string>();
  for (const { name, tokenPrefix: prefix, createsFields = false } of kinds) {
    const token = { dialect: name, prefix, name: `First ${name} token`, may_extend: createsFields };
    const { secret } = await createToken(tx, token);
    tokens.set(name, secret);
  }
  return tokens;
}

/** A one-time link for a member, valid for a week; earlier links end. */
export interface Link {
  secret: string;
  expires_at: Date;
}

/**
 * Creates a link. With a `welcome_link`, an invited member accepts the invitation; with a `reset_link`, a member sets a
 * new password for an account that only this workspace uses.
 */
export async function makeLink(
  tx: Tx,
  memberId: string,
  now: Date,
  kind: 'welcome_link' | 'reset_link' = 'welcome_link',
): Promise<Link> {
  await endLinks(tx, memberId);
  const expires_at = new Date(now.getTime() + LINK_MS);
  const { secret } = await createSession(tx, { kind, dialect: null, member_id: memberId, token_id: null, expires_at });
  return { secret, expires_at };
}
