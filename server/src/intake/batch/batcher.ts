import { RecentLoad } from './recent-load.ts';

/**
 * Groups concurrent requests into shared commits. A free connection immediately takes all waiting requests of
 * one workspace; while every connection is busy, requests accumulate. There is no timer, so a lone request
 * never waits. Correctness does not depend on the grouping: a batch that fails is retried in halves, down to
 * the single item at fault.
 *
 * No item waits for another item's lock: one whose lead is locked is set aside and joins a later batch. If a batch
 * times out, its items are stored one by one on other connections. No workspace can occupy all connections; one that
 * floods occupies a single one while a quieter one is being served, and so makes fewer and larger commits.
 */
export interface BatcherOptions<Item, Outcome> {
  /** Number of batches that may be stored at once. */
  connections: number;
  mostItems: number;
  mostWaiting: number;
  /**
   * Stores one batch in one transaction on the connection with this number. All or nothing; outcomes are in input
   * order, `busy` for items that were left out because something they need is locked.
   */
  store(connection: number, workspaceId: string, items: readonly Item[]): Promise<readonly (Outcome | Busy)[]>;
  /** Stores one item in a transaction of its own on another connection, where it may wait. */
  storeAlone(workspaceId: string, item: Item): Promise<Outcome>;
  /**
   * `again`: a lost race; retry the same batch. `alone`: a wait timed out; store each item outside the batch.
   * `hopeless`: no item is at fault, so splitting would not help.
   */
  judge(error: unknown): 'again' | 'alone' | 'hopeless' | 'split';
  /** The time in ms; for tests. */
  now?(): number;
}

type Busy = 'busy';

interface Waiting<Item, Outcome> {
  item: Item;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
  /** When the item was first set aside, in ms; `asides` counts how often. */
  asideSince?: number;
  asides: number;
}

const RETRIES = 4;
/**
 * For how long an item may be set aside repeatedly before it is refused, and the shortest and longest pause, all in ms.
 */
const PATIENCE_MS = 1500;
const FIRST_PAUSE_MS = 10;
const LAST_PAUSE_MS = 160;
/** Most items stored alone at the same time, at most one per workspace. */
const MOST_ALONE = 3;

/** Nothing is wrong with the item; the sender may try again. */
export class ComeAgain extends Error {}
export class QueueFull extends ComeAgain {}
/** Something that the item needs stayed locked for too long. */
export class StillLocked extends ComeAgain {}

export class Batcher<Item, Outcome> {
  readonly #options: BatcherOptions<Item, Outcome>;
  /** Waiting items by workspace, ordered by when the first one arrived. */
  readonly #queues = new Map<string, Waiting<Item, Outcome>[]>();
  readonly #free: number[];
  /** Number of batches being stored, by workspace. */
  readonly #running = new Map<string, number>();
  readonly #recent: RecentLoad;
  readonly #lonely: { workspaceId: string; waiting: Waiting<Item, Outcome>; since: number }[] = [];
  #waiting = 0;
  #aside = 0;
  /** Workspaces with an item that is being stored alone. */
  readonly #alone = new Set<string>();
  #scheduled = false;
  #idle: (() => void)[] = [];

  constructor(options: BatcherOptions<Item, Outcome>) {
    this.#options = options;
    this.#recent = new RecentLoad(options.now ?? (() => performance.now()));
    this.#free = Array.from({ length: options.connections }, (_, at) => at);
  }

  /**
   * Resolves with the item's outcome after its commit. Rejects with QueueFull if too many items are waiting, and with
   * StillLocked if the item's lead is locked for too long.
   */
  add(workspaceId: string, item: Item): Promise<Outcome> {
    if (this.#waiting + this.#aside + this.#lonely.length >= this.#options.mostWaiting)
      return Promise.reject(new QueueFull());
    return new Promise((resolve, reject) => this.#enqueue(workspaceId, { item, resolve, reject, asides: 0 }));
  }

  /** Resolves when nothing is waiting or being stored. */
  drained(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #enqueue(workspaceId: string, waiting: Waiting<Item, Outcome>): void {
    this.#waiting += 1;
    const queue = this.#queues.get(workspaceId);
    if (queue) queue.push(waiting);
    else this.#queues.set(workspaceId, [waiting]);
    this.#schedule();
  }

  #isIdle(): boolean {
    const unstored = this.#waiting + this.#aside + this.#alone.size + this.#lonely.length;
    return unstored === 0 && this.#free.length === this.#options.connections;
  }

  #tellIfIdle(): void {
    if (this.#isIdle()) for (const done of this.#idle.splice(0)) done();
  }

  #schedule(): void {
    if (this.#scheduled || this.#free.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    for (const [workspaceId, queue] of this.#queues) {
      if (!this.#mayTakeAnother(workspaceId)) continue;
      const connection = this.#free.pop();
      if (connection === undefined) return;
      const batch = queue.splice(0, this.#options.mostItems);
      // Re-inserting the rest moves it to the end, so that workspaces take turns.
      this.#queues.delete(workspaceId);
      if (queue.length > 0) this.#queues.set(workspaceId, queue);
      this.#waiting -= batch.length;
      this.#recent.add(workspaceId, batch.length);
      void this.#run(connection, workspaceId, batch);
    }
  }

  /**
   * Whether a connection would still be free for other workspaces. While a quieter workspace is being served, one is
   * enough: the quieter one then finds a connection, and has to wait for fewer commits of others on the same disk.
   */
  #mayTakeAnother(workspaceId: string): boolean {
    const running = this.#running.get(workspaceId) ?? 0;
    if (running === 0) return true;
    return running < this.#options.connections - 1 && !this.#recent.hasQuieter(workspaceId);
  }

  async #run(connection: number, workspaceId: string, batch: Waiting<Item, Outcome>[]): Promise<void> {
    const running = this.#running.get(workspaceId) ?? 0;
    this.#running.set(workspaceId, running + 1);
    await this.#settle(connection, workspaceId, batch);
    const left = (this.#running.get(workspaceId) ?? 1) - 1;
    if (left > 0) this.#running.set(workspaceId, left);
    else this.#running.delete(workspaceId);
    this.#free.push(connection);
    if (this.#waiting > 0) this.#schedule();
    this.#tellIfIdle();
  }

  async #settle(connection: number, workspaceId: string, batch: Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#store(connection, workspaceId, batch);
      for (const [at, waiting] of batch.entries()) {
        const outcome = outcomes[at];
        if (outcome === 'busy') this.#setAside(workspaceId, waiting);
        else waiting.resolve(outcome as Outcome);
      }
    } catch (error) {
      const verdict = this.#options.judge(error);
      if (verdict === 'alone') {
        for (const waiting of batch) this.#lonely.push({ workspaceId, waiting, since: performance.now() });
        this.#storeLonely();
        return;
      }
      if (batch.length === 1 || verdict === 'hopeless') {
        for (const waiting of batch) waiting.reject(error);
        return;
      }
      const half = batch.length >> 1;
      await this.#settle(connection, workspaceId, batch.slice(0, half));
      await this.#settle(connection, workspaceId, batch.slice(half));
    }
  }

  async #store(connection: number, workspaceId: string, batch: Waiting<Item, Outcome>[]) {
    const items = batch.map((waiting) => waiting.item);
    for (let left = RETRIES; ; left -= 1) {
      try {
        return await this.#options.store(connection, workspaceId, items);
      } catch (error) {
        if (left === 0 || this.#options.judge(error) !== 'again') throw error;
      }
    }
  }

  #setAside(workspaceId: string, waiting: Waiting<Item, Outcome>): void {
    waiting.asideSince ??= performance.now();
    if (performance.now() - waiting.asideSince > PATIENCE_MS) {
      waiting.reject(new StillLocked());
      return;
    }
    this.#aside += 1;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** waiting.asides, LAST_PAUSE_MS);
    waiting.asides += 1;
    setTimeout(() => {
      this.#aside -= 1;
      this.#enqueue(workspaceId, waiting);
    }, pause);
  }

  #storeLonely(): void {
    while (this.#alone.size < MOST_ALONE) {
      const at = this.#lonely.findIndex(({ workspaceId }) => !this.#alone.has(workspaceId));
      const [next] = at < 0 ? [] : this.#lonely.splice(at, 1);
      if (!next) return;
      const { workspaceId, waiting, since } = next;
      if (performance.now() - since > PATIENCE_MS) {
        waiting.reject(new StillLocked());
        continue;
      }
      this.#alone.add(workspaceId);
      this.#options
        .storeAlone(workspaceId, waiting.item)
        .then(waiting.resolve, waiting.reject)
        .finally(() => {
          this.#alone.delete(workspaceId);
          this.#storeLonely();
          this.#tellIfIdle();
        });
    }
  }
}
