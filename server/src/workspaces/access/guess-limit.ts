import { isIPv6 } from 'node:net';

const HOUR = 3_600_000;
const MOST_KEPT = 50_000;
const MOST_OF_ACCOUNT = 30;
const MOST_FROM_ADDRESS = 200;
/** After this many failed attempts there is a pause, which doubles with each further one up to the maximum. */
const FREE = 5;
const LONGEST_PAUSE = 60_000;

/** The source of a password attempt, and the account it is for. */
export interface Guesser {
  /** Id of the person, or the login that was tried if there is no such person. */
  account: string;
  address: string;
  /** A browser that the person has signed in with before; it is not slowed down by other people's attempts. */
  device?: string | undefined;
}

/** Limits how often passwords and codes may be tried. */
export interface GuessLimits {
  /** Returns the seconds to wait before the next attempt, or 0 to proceed; the attempt counts unless it succeeds. */
  take(guesser: Guesser): number;
  /** Reports that the attempt succeeded, so that it does not count. */
  right(guesser: Guesser): void;
}

/**
 * Limits guessing of passwords and codes: at most 30 failed attempts per hour for an account and 200 for an address,
 * with growing pauses. Counts are in memory: a restart resets them and a second process doubles them, which is still
 * far too few attempts to guess a password. Nobody is locked out, because a browser used before has its own limit.
 */
export function limitGuesses(clock: () => Date): GuessLimits {
  const tries = new Map<string, number[]>();
  const recent = (key: string) => (tries.get(key) ?? []).filter((at) => clock().getTime() - at < HOUR);
  const wait = (key: string, most: number, free: number) => {
    const times = recent(key);
    const oldest = times.at(-most);
    const full = oldest === undefined ? 0 : oldest + HOUR;
    const pause = times.length < free ? 0 : Math.min(LONGEST_PAUSE, 1000 * 2 ** (times.length - free));
    return Math.max(full, (times.at(-1) ?? 0) + pause) - clock().getTime();
  };
  const keysOf = ({ account, address, device }: Guesser) =>
    device
      ? [{ key: `device ${device}`, most: MOST_OF_ACCOUNT, free: FREE }]
      : [
          { key: `account ${account}`, most: MOST_OF_ACCOUNT, free: FREE },
          { key: `address ${networkOf(address)}`, most: MOST_FROM_ADDRESS, free: MOST_FROM_ADDRESS },
        ];
  return {
    take(guesser) {
      const keys = keysOf(guesser);
      const longest = Math.max(...keys.map(({ key, most, free }) => wait(key, most, free)));
      if (longest > 0) return Math.ceil(longest / 1000);
      for (const { key, most } of keys) {
        const times = [...recent(key), clock().getTime()].slice(-most);
        // Re-inserted last, so that the oldest entries are dropped first.
        tries.delete(key);
        tries.set(key, times);
        const [forgotten] = tries.size > MOST_KEPT ? tries.keys() : [];
        if (forgotten !== undefined) tries.delete(forgotten);
      }
      return 0;
    },
    right(guesser) {
      for (const { key } of keysOf(guesser)) tries.set(key, recent(key).slice(0, -1));
    },
  };
}

/** Counts IPv6 attempts by /64 network, since one customer has 2^64 addresses. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':');
  if (tail !== undefined)
    groups.push(...Array.from({ length: 8 - groups.length - tail.split(':').length }, () => '0'), ...tail.split(':'));
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':');
}
