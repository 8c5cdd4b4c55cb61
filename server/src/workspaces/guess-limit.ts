const HOUR = 3_600_000;
const MOST_KEPT = 50_000;

/**
 * Limits guessing of passwords: at most so many wrong ones an hour for each key (an account, an address). In memory: a
 * restart forgives, a second process doubles; both are too little to guess a password.
 */
export function limitGuesses(mostAnHour: number, clock: () => number = Date.now) {
  const wrong = new Map<string, number[]>();
  const recent = (key: string) => (wrong.get(key) ?? []).filter((at) => clock() - at < HOUR);
  return {
    /** Seconds to wait before another try; 0: go on. */
    wait(key: string): number {
      const tries = recent(key);
      const oldest = tries[0];
      return tries.length >= mostAnHour && oldest !== undefined ? Math.ceil((HOUR - (clock() - oldest)) / 1000) : 0;
    },
    failed(key: string): void {
      if (wrong.size >= MOST_KEPT) wrong.clear();
      wrong.set(key, [...recent(key), clock()].slice(-mostAnHour));
    },
  };
}
