import { networkOf } from '../../platform/network.ts';

const HOUR = 3_600_000;
const MOST_KEPT = 50_000;
/** After this many failed attempts on an account there is a pause, which doubles with each further one. */
const FREE = 5;
const LONGEST_PAUSE = 60_000;

/** How many failed attempts an hour are allowed, and after how many the pauses begin. */
const limits = {
  account: { most: 30, free: FREE },
  device: { most: 30, free: FREE },
  address: { most: 200, free: 200 },
  /** Links that do not exist, from one address. */
  link: { most: 60, free: 20 },
  /** New passwords by mail that are asked for from one address. */
  reset: { most: 30, free: 10 },
  /** Leads that do not exist, asked for with one token from one address. */
  lookUp: { most: 240, free: 120 },
} as const;
type LimitName = keyof typeof limits;

/** The source of an attempt at a password or code, and the accounts that it may open. */
export interface Guesser {
  /** Ids of the accounts, or the login that was tried if there are none. */
  accounts: readonly string[];
  address: string;
  /** A browser known by one of the accounts; it is not slowed down by other people's attempts on that account. */
  device?: { id: string; account: string } | undefined;
}

/** A look-up whose answer tells whether something exists. */
export interface LookUp {
  of: 'link' | 'reset' | 'lookUp';
  /** Token that asks; none for a link or a new password. */
  token?: string | null;
  address: string;
}

/** Limits how often passwords, codes, links and other people's leads may be guessed. */
export interface GuessLimits {
  /** Returns the seconds to wait before the next attempt, or 0 to proceed; the attempt counts unless it succeeds. */
  take(guesser: Guesser): number;
  /**
   * Reports that the attempt succeeded for this account, so that it does not count there; it still counts for all
   * others.
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
 * Limits guessing whatever way it is tried: at most 30 failed attempts per hour for an account and 200 for an address,
 * with growing pauses. Counts are in memory: a restart resets them and a second process doubles them, which is still
 * far too few attempts to guess a password. Nobody is locked out, because a browser used before has its own limit.
 */
export function limitGuesses(clock: () => Date): GuessLimits {
  const tries = new Map<string, number[]>();
  const recent = (key: string) => {
    const now = clock().getTime();
    // A clock that was set back must not make anybody wait for the time it has lost.
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
