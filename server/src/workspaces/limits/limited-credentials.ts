import type { Identified } from '../access/caller.ts';
import type { CredentialChecker } from '../access/identify.ts';
import type { ReferenceCache } from '../reference-cache.ts';
import { secretKey } from '../tokens/token-store.ts';
import type { NamedStanding, RequestRates } from './request-rates.ts';

/** The owner of a credential, and their standing against the limit on requests. */
export type Admitted = Identified & { standing?: NamedStanding };

/** Like `CredentialChecker`, but counts every look-up. A caller over a limit is refused as `rate_limited`. */
export interface LimitedCredentials {
  identify(secret: string, dialect: string, address: string): Promise<Admitted>;
  identifyMember(secret: string, address: string): Promise<Admitted>;
}

const MOST_TRUSTED = 20_000;

/**
 * All APIs identify their callers here, so that every caller has limits. An unknown credential costs a query, so an
 * address that sends too many is refused without one. Credentials that worked before are still let through, since many
 * people can share an address.
 */
export function limitCredentials(
  checker: Pick<CredentialChecker, 'identify' | 'identifyMember'>,
  rates: RequestRates,
  referenceCache: Pick<ReferenceCache, 'peek' | 'get'>,
): LimitedCredentials {
  const trusted = new Set<string>();
  const admit = async (secret: string, address: string, find: () => Promise<Identified>): Promise<Admitted> => {
    const key = secretKey(secret);
    const full = trusted.has(key) ? undefined : rates.strangers(address);
    if (full) return { refused: { kind: 'rate_limited', retryAfterSeconds: full.resetSeconds }, standing: full };
    const found = await find();
    const { caller } = found;
    if (!caller) {
      trusted.delete(key);
      rates.noteStranger(address);
      return found;
    }
    if (!found.refused) trust(trusted, key);
    const { workspace_id } = caller;
    // Another change may have emptied the cache since the look-up.
    const { workspace } = referenceCache.peek(workspace_id) ?? (await referenceCache.get(workspace_id));
    const standing = rates.ofCaller(caller, workspace.requests_per_minute);
    const { exceeded, resetSeconds } = standing;
    if (!exceeded || found.refused) return { ...found, standing };
    return { caller, refused: { kind: 'rate_limited', retryAfterSeconds: resetSeconds }, standing };
  };
  return {
    identify: (secret, dialect, address) => admit(secret, address, () => checker.identify(secret, dialect, address)),
    identifyMember: (secret, address) => admit(secret, address, () => checker.identifyMember(secret)),
  };
}

function trust(trusted: Set<string>, key: string): void {
  if (trusted.has(key)) return;
  trusted.add(key);
  const [oldest] = trusted.size > MOST_TRUSTED ? trusted : [];
  if (oldest !== undefined) trusted.delete(oldest);
}
