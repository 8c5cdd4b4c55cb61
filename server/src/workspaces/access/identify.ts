import type { Database } from '../../platform/database/database.ts';
import type { Problem } from '../../platform/problem.ts';
import type { ReferenceCache } from '../reference-cache.ts';
import type { ReferenceData } from '../reference-data.ts';
import type { MatchPolicy, MergeStyle } from '../tokens/match-policy.ts';
import { findToken, getToken, hashSecret, noteTokenUse, secretKey, type Token } from '../tokens/token-store.ts';
import type { Caller, Identified, SenderSettings } from './caller.ts';
import { findSession, IDLE_MS, noteSessionUse, SAMPLE_SESSION, type Session } from './session-store.ts';
import { visibilityOf } from './visibility.ts';

/** Defaults of a dialect for settings that the token leaves open. */
export interface DialectDefaults {
  policy: MatchPolicy;
  mergeStyle: MergeStyle;
  region?: string;
  repeatsByContent: boolean;
}

export interface CredentialChecker {
  /**
   * Finds the owner of a credential. Revoked and expired credentials still have an owner, so that the request can be
   * stored. `address` is recorded with the token.
   */
  identify(secret: string, dialect: string, address?: string): Promise<Identified>;
  /** Finds the member of a web session. */
  identifyMember(secret: string): Promise<Identified>;
  /**
   * The current settings of a stored request's sender, for a replay. The rights are those of the person replaying it.
   */
  senderOf(workspaceId: string, tokenId: string | null, dialect: string): Promise<SenderSettings>;
  /** Clears the cache, so that the next request queries the database. */
  forget(): void;
  /** Stores when tokens and sessions were last used. */
  noteUse(): Promise<void>;
}

/** Longest time to trust a cached credential if no change is announced, in ms. */
const TRUSTED_MS = 30_000;
const MOST_KNOWN = 10_000;

/** A credential as found in the database, and when. */
interface Found {
  token?: Token | undefined;
  session?: Session | undefined;
  at: number;
}

/**
 * Finds the owners of credentials. Known credentials are cached in memory by hash; unknown ones are looked up every
 * time.
 */
export function checkCredentials(
  database: Database,
  referenceCache: ReferenceCache,
  defaultsFor: (dialect: string) => DialectDefaults | undefined,
  clock: () => number = Date.now,
): CredentialChecker {
  const known = new Map<string, Found>();
  const used = new Map<string, Map<string, string | null>>();
  const seen = new Map<string, Session>();
  // Incremented on each change, so that a result read before the change is not cached after it.
  let era = 0;

  const find = async (hash: Buffer): Promise<Found | undefined> => {
    const at = clock();
    const found = await database.global(async (tx) => {
      const token = await findToken(tx, hash);
      return token ? { token } : { session: await findSession(tx, hash) };
    });
    if (found.token) return { token: found.token, at };
    const { session } = found;
    if (!session) return undefined;
    // The session's last use may not have been stored yet.
    session.last_seen_at = seen.get(session.id)?.last_seen_at ?? session.last_seen_at;
    const { token_id } = session;
    // A session opened with an API key has the settings of its token.
    const token = token_id ? await database.tx(session.workspace_id, (tx) => getToken(tx, token_id)) : undefined;
    return token ? { session, token, at } : { session, at };
  };

  const recall = (secret: string): Found | undefined => {
    const entry = known.get(secretKey(secret));
    return entry && clock() - entry.at <= TRUSTED_MS ? entry : undefined;
  };
  const ask = async (secret: string): Promise<Found | undefined> => {
    const before = era;
    const entry = await find(hashSecret(secret));
    if (!entry || before !== era) return entry;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(secretKey(secret), entry);
    return entry;
  };

  return {
    async identify(secret, dialect, address) {
      const entry = recall(secret) ?? (await ask(secret));
      const workspaceId = entry?.session?.workspace_id ?? entry?.token?.workspace_id;
      if (!entry || !workspaceId) return { refused: { kind: 'unauthenticated', reason: 'unknown' } };
      const referenceData = referenceCache.peek(workspaceId) ?? (await referenceCache.get(workspaceId));
      if (entry.token) noteUsed(used, entry.token, address ?? null);
      const caller = callerOf(entry, dialect, defaultsFor(dialect), referenceData);
      const refused = refusal(entry, dialect, clock()) ?? inactive(referenceData, caller);
      return refused ? { caller, refused } : { caller };
    },
    identifyMember: async (secret) => {
      const entry = recall(secret) ?? (await ask(secret));
      const referenceData = entry?.session && (await referenceCache.get(entry.session.workspace_id));
      const found = memberOf(entry, referenceData, clock(), defaultsFor('native'));
      if (found.caller && entry?.session) seen.set(entry.session.id, entry.session);
      return found;
    },
    async senderOf(workspaceId, tokenId, dialect) {
      const token = tokenId ? await database.tx(workspaceId, (tx) => getToken(tx, tokenId)) : undefined;
      const { region } = (await referenceCache.get(workspaceId)).workspace;
      return { ...settingsOf({ token, at: 0 }, dialect, defaultsFor(dialect), region), workspace_id: workspaceId };
    },
    forget: () => {
      era += 1;
      known.clear();
    },
    noteUse: () => storeUse(database, { used, seen }, new Date(clock())),
  };
}

interface Uses {
  /** The latest address by token, for each workspace. */
  used: Map<string, Map<string, string | null>>;
  seen: Map<string, Session>;
}

/** Stores which tokens and sessions were used since the last call. What is used meanwhile is left for the next call. */
async function storeUse(database: Database, { used, seen }: Uses, now: Date): Promise<void> {
  for (const [workspaceId, uses] of used) {
    used.delete(workspaceId);
    await database
      .tx(workspaceId, (tx) => noteTokenUse(tx, uses, now))
      .catch((error: unknown) => {
        used.set(workspaceId, new Map([...uses, ...(used.get(workspaceId) ?? [])]));
        throw error;
      });
  }
  for (const { workspace_id, id, last_seen_at } of seen.values()) {
    await database.tx(workspace_id, (tx) => noteSessionUse(tx, id, last_seen_at ?? now));
    if (seen.get(id)?.last_seen_at === last_seen_at) seen.delete(id);
  }
}

/** Identifies a web session; using it extends its lifetime. */
function memberOf(
  entry: Found | undefined,
  referenceData: ReferenceData | undefined,
  now: number,
  defaults: DialectDefaults | undefined,
): Identified {
  const session = entry?.session;
  if (!entry || !referenceData || session?.kind !== 'web' || !session.member_id)
    return { refused: { kind: 'unauthenticated', reason: 'unknown' } };
  const caller = callerOf(entry, 'native', defaults, referenceData);
  const refused = endedSession(session, now) ?? inactive(referenceData, caller, session.dialect === SAMPLE_SESSION);
  if (refused) return { refused };
  session.last_seen_at = new Date(now);
  return { caller };
}

function endedSession({ ended_at, expires_at, last_seen_at }: Session, now: number): Problem | undefined {
  if (ended_at) return { kind: 'unauthenticated', reason: 'revoked' };
  const idle = last_seen_at !== null && last_seen_at.getTime() + IDLE_MS <= now;
  return idle || expires_at.getTime() <= now ? { kind: 'unauthenticated', reason: 'expired' } : undefined;
}

function noteUsed(used: Map<string, Map<string, string | null>>, token: Token, address: string | null): void {
  const uses = used.get(token.workspace_id);
  if (uses) uses.set(token.id, address);
  else used.set(token.workspace_id, new Map([[token.id, address]]));
}

/** A problem if the member is inactive or has no account. A sample member, by contrast, must have none. */
function inactive(referenceData: ReferenceData, caller: Caller, isSample = false): Problem | undefined {
  if (!caller.member_id) return undefined;
  const member = referenceData.get('member', caller.member_id);
  if (member?.active && (member.joined === true) !== isSample) return undefined;
  return { kind: 'unauthenticated', reason: 'revoked' };
}

/**
 * A problem if the credential may not be used. A token is valid for one dialect only and unknown to any other; a
 * session ends with the token that opened it.
 */
function refusal({ token, session }: Found, dialect: string, now: number): Problem | undefined {
  if (token?.revoked_at || session?.ended_at) return { kind: 'unauthenticated', reason: 'revoked' };
  if ([session?.expires_at, token?.expires_at].some((end) => end && end.getTime() <= now))
    return { kind: 'unauthenticated', reason: 'expired' };
  const strange = session ? session.kind !== 'api' || session.dialect !== dialect : token?.dialect !== dialect;
  return strange ? { kind: 'unauthenticated', reason: 'unknown' } : undefined;
}

/**
 * A member acts with their current role and visibility, whichever API they signed in to; a token, within its scopes.
 */
function callerOf(
  entry: Found,
  dialect: string,
  defaults: DialectDefaults | undefined,
  referenceData: ReferenceData,
): Caller {
  const sender = settingsOf(entry, dialect, defaults, referenceData.workspace.region);
  if (!sender.member_id) return { ...sender, rights: { scopes: entry.token?.scopes ?? [] }, visibility: undefined };
  return { ...sender, ...rightsOf(sender.member_id, referenceData) };
}

/** What a member may do and see. Somebody who is no longer a member may only read, and sees no leads. */
export function rightsOf(memberId: string, referenceData: ReferenceData): Pick<Caller, 'rights' | 'visibility'> {
  const member = referenceData.get('member', memberId);
  if (!member) return { rights: { role: 'viewer' }, visibility: { owners: [], departments: [] } };
  return { rights: { role: member.role }, visibility: visibilityOf(member, referenceData) };
}

function settingsOf(
  { token, session }: Found,
  dialect: string,
  defaults: DialectDefaults | undefined,
  workspaceRegion: string,
): SenderSettings {
  return {
    workspace_id: token?.workspace_id ?? session?.workspace_id ?? '',
    dialect,
    token_id: token?.id ?? session?.token_id ?? null,
    token_name: token?.name ?? null,
    member_id: session?.member_id ?? null,
    session_id: session?.id ?? null,
    policy: token?.policy ?? defaults?.policy ?? 'create',
    merge_style: token?.merge_style ?? defaults?.mergeStyle ?? 'fill',
    region: token?.region ?? defaults?.region ?? workspaceRegion,
    test_mode: token?.test_mode ?? false,
    may_extend: token?.may_extend ?? dialect === 'native',
    tag_ids: token?.tag_ids ?? [],
    repeats_by_content: defaults?.repeatsByContent ?? false,
  };
}
