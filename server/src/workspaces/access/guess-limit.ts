import { networkOf } from '../../platform/network.ts';

const HOUR = 3_600_000;
const MOST_KEPT = 50_000;
/** After this many failed attempts on an account there is a pause, which doubles with each further attempt. */
const FREE = 5;
const LONGEST_PAUSE = 60_000;

/** How many failed attempts are allowed per hour, and after how many the pauses begin. */
const limits = {
  account: { most: 30, free: FREE },
  device: { most: 30, free: FREE },
  address: { most: 200, free: 200 },
  /** Requests for links that do not exist, from one address. */
  link: { most: 60, free: 20 },
  /** Requests for a password reset by email, from one address. */
  reset: { most: 30, free: 10 },
  /** Requests for leads that do not exist, with one token from one address. */
  lookUp: { most: 240, free: 120 },
} as const;
type LimitName = keyof typeof limits;

/** Where an attempt at a password or code comes from, and the accounts that it may open. */
export interface Guesser {
  /** Ids of the accounts, or the sign-in name that was tried if there is no such account. */
  accounts: readonly string[];
  address: string;
  /** A browser that one of the accounts has used; other people's attempts on that account do not slow it down. */
  device?: { id: string; account: string } | undefined;
}

/** A look-up whose result reveals whether something exists. */
export interface LookUp {
  of: 'link' | 'reset' | 'lookUp';
  /** The token of the request; none for a link or a password reset. */
  token?: string | null;
  address: string;
}

/** Limits how often somebody may guess passwords, codes, links and the ids of other people's leads. */
export interface GuessLimits {
  /** Returns the seconds to wait, or 0 to proceed. The attempt then counts as failed until `right` is called. */
  take(guesser: Guesser): number;
  /**
   * Reports that the attempt succeeded for this account, so that it no longer counts for the account, the address and
   * the browser. It still counts for the other accounts.
   */
  right(guesser: Guesser, account: string): void;
  /** Returns the seconds to wait before the next look-up, or 0 to proceed. */
  waitToLookUp(lookUp: LookUp): number;
  /** Reports that a look-up found nothing. */
  missed(lookUp: LookUp): void;
}

interface Key {
  key: string;
  limit: LimitName;
}

/**
 * Limits guessing across all ways to sign in: at most 30 failed attempts per hour for an account and 200 for an
 * address, with growing pauses. Counts are kept in memory: a restart resets them and a second process doubles them,
 * which is still far too few attempts to guess a password. Nobody is locked out, because a browser used before has its
 * own limit.
 */
export function limitGuesses(clock: () => Date): GuessLimits {
  const tries = new Map<string, number[]>();
  const recent = (key: string) => {
    const now = clock().getTime();
    // If the clock has been set back, attempts in the future are ignored, so that nobody has to wait for them.
    return (tries.get(key) ?? []).filter((at) => at <= now && now - at < HOUR);
  };
  const wait = ({ key, limit }: Key) => {
    const { most, free } = limits[limit];
    const times = recent(key);
    const oldest = times.at(-most);
    const full = oldest === undefined ? 0 : oldest + HOUR;
    const pause = times.length < free ? 0 : Math.min(LONGEST_PAUSE, 1000 * 2 ** (times.length - free));
    return Math.max(full, (times.at(-1) ?? 0) + pause) - clock().getTime();
  };
  const longest = (keys: readonly Key[]) => Math.max(0, Math.ceil(Math.max(...keys.map(wait)) / 1000));
  const count = ({ key, limit }: Key) => {
    const times = [...recent(key), clock().getTime()].slice(-limits[limit].most);
    // Re-inserted last, so that the oldest entries are dropped first.
    tries.delete(key);
    tries.set(key, times);
    const [forgotten] = tries.size > MOST_KEPT ? tries.keys() : [];
    if (forgotten !== undefined) tries.delete(forgotten);
  };
  return {
    take(guesser) {
      const keys = keysOf(guesser);
      const seconds = longest(keys);
      if (seconds === 0) for (const key of keys) count(key);
      return seconds;
    },
    right({ device, address }, account) {
      const keys = keysOf({ accounts: [account], device, address });
      for (const { key } of keys) tries.set(key, recent(key).slice(0, -1));
    },
    waitToLookUp: (lookUp) => longest([keyOf(lookUp)]),
    missed: (lookUp) => count(keyOf(lookUp)),
  };
}

function keysOf({ accounts, device, address }: Guesser): Key[] {
  const others = accounts.filter((account) => account !== device?.account);
  const keys: Key[] = others.map((account) => ({ key: `account ${account}`, limit: 'account' }));
  if (keys.length > 0) keys.push({ key: `address ${networkOf(address)}`, limit: 'address' });
  if (device && others.length < accounts.length) keys.push({ key: `device ${device.id}`, limit: 'device' });
  return keys;
}

function keyOf({ of, token, address }: LookUp): Key {
  return { key: `${of} ${token ?? ''} ${networkOf(address)}`, limit: of };
}
