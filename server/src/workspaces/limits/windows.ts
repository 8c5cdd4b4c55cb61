/** A sender's standing against a limit on requests. */
export interface Standing {
  /** Requests allowed in one window. */
  quota: number;
  /** Requests left in this window. */
  remaining: number;
  /** Seconds until the window ends, at least 1. */
  resetSeconds: number;
  /** Whether this request was one too many. */
  exceeded: boolean;
}

/** A window begins with the first request of its key. */
interface Open {
  until: number;
  count: number;
}

const MOST_KEYS = 50_000;

/**
 * Counts requests by key in windows of fixed length, in memory. If there are too many keys, those whose windows began
 * first are forgotten.
 */
export class Windows {
  private readonly open = new Map<string, Open>();
  readonly seconds: number;
  private readonly clock: () => number;

  constructor(seconds: number, clock: () => number) {
    this.seconds = seconds;
    this.clock = clock;
  }

  /** Counts one request and returns the sender's new standing. */
  take(key: string, quota: number): Standing {
    const now = this.clock();
    let window = this.open.get(key);
    if (!window || window.until <= now) {
      // Deleted first, so that the map stays in the order in which windows began.
      this.open.delete(key);
      window = { until: now + this.seconds * 1000, count: 0 };
      this.open.set(key, window);
      const [oldest] = this.open.size > MOST_KEYS ? this.open.keys() : [];
      if (oldest !== undefined) this.open.delete(oldest);
    }
    if (window.count <= quota) window.count += 1;
    return standing(window, quota, now);
  }

  /** The standing of this key if its next request would exceed the limit, else undefined. */
  isFull(key: string, quota: number): Standing | undefined {
    const now = this.clock();
    const window = this.open.get(key);
    return window && window.until > now && window.count >= quota
      ? { ...standing(window, quota, now), exceeded: true }
      : undefined;
  }

  get size(): number {
    return this.open.size;
  }
}

function standing({ count, until }: Open, quota: number, now: number): Standing {
  return {
    quota,
    remaining: Math.max(0, quota - count),
    resetSeconds: Math.max(1, Math.ceil((until - now) / 1000)),
    exceeded: count > quota,
  };
}
