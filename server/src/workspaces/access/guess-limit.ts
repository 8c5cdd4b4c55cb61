import { isIPv6 } from 'node:net';

const HOUR = 3_600_000;
const MOST_KEPT = 50_000;
const MOST_OF_ACCOUNT = 30;
const MOST_FROM_ADDRESS = 200;
/** So many wrong tries cost no waiting; then the pause doubles with each, up to the longest, in ms. */
const FREE = 5;
const LONGEST_PAUSE = 60_000;

/** Who tries a password, and as whom. */
export interface Guesser {
  /** The person where one is meant, else the name that was tried. */
  account: string;
  address: string;
  /** A browser this person has signed in with before: strangers' guesses do not keep it waiting. */
  device?: string | undefined;
}

/** How often a password or code may be tried. */
export interface GuessLimits {
  /** Seconds to wait before another try; 0: go on, and the try counts until it proves right. */
  take(guesser: Guesser): number;
  /** The try was right: it does not count. */
  right(guesser: Guesser): void;
}

/**
 * Limits guessing, at sign-ins of every kind together: at most 30 wrong tries an hour for an account, 200 for an address,
 * with a pause that grows. In memory: a restart forgives, a second process doubles; both are too little to guess a
 * password. Nobody is locked out: who has signed in from a browser before has tries of their own there.
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
        // Newest last, so that the oldest are forgotten first.
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

/** Whoever has one address of IPv6 has 2^64 of them: the network counts. */
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
