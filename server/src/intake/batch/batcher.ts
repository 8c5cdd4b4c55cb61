/**
 * Groups concurrent requests into shared commits. A free connection immediately takes all waiting requests of one
 * workspace; while every connection is busy, requests accumulate. There is no timer, so a lone request never waits.
 * Correctness does not depend on the grouping: a batch that fails is retried in halves, down to the single item at
 * fault.
 */
export interface BatcherOptions<Item, Outcome> {
  /** Number of batches that may be stored at once. */
  connections: number;
  mostItems: number;
  mostWaiting: number;
  /**
   * Stores one batch in one transaction on the connection with this number. All or nothing; outcomes are in input
   * order.
   */
  store(connection: number, workspaceId: string, items: readonly Item[]): Promise<readonly Outcome[]>;
  /** `again`: a lost race, retry the same batch. `hopeless`: no item is at fault, so splitting would not help. */
  judge(error: unknown): 'again' | 'hopeless' | 'split';
}

interface Waiting<Item, Outcome> {
  item: Item;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

const RETRIES = 4;

export class QueueFull extends Error {}

export class Batcher<Item, Outcome> {
  readonly #options: BatcherOptions<Item, Outcome>;
  /** Waiting items by workspace, ordered by when the first one arrived. */
  readonly #queues = new Map<string, Waiting<Item, Outcome>[]>();
  readonly #free: number[];
  #waiting = 0;
  #scheduled = false;
  #idle: (() => void)[] = [];

  constructor(options: BatcherOptions<Item, Outcome>) {
    this.#options = options;
    this.#free = Array.from({ length: options.connections }, (_, at) => at);
  }

  /** Resolves with the item's outcome after its commit. Rejects with QueueFull if too many items are waiting. */
  add(workspaceId: string, item: Item): Promise<Outcome> {
    if (this.#waiting >= this.#options.mostWaiting) return Promise.reject(new QueueFull());
    this.#waiting += 1;
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(workspaceId);
      const waiting = { item, resolve, reject };
      if (queue) queue.push(waiting);
      else this.#queues.set(workspaceId, [waiting]);
      this.#schedule();
    });
  }

  /** Resolves when nothing is waiting or being stored. */
  drained(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #isIdle(): boolean {
    return this.#waiting === 0 && this.#free.length === this.#options.connections;
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
      const connection = this.#free.pop();
      if (connection === undefined) return;
      const batch = queue.splice(0, this.#options.mostItems);
      // Re-inserting the rest moves it to the end, so that workspaces take turns.
      this.#queues.delete(workspaceId);
      if (queue.length > 0) this.#queues.set(workspaceId, queue);
      this.#waiting -= batch.length;
      void this.#run(connection, workspaceId, batch);
    }
  }

  async #run(connection: number, workspaceId: string, batch: Waiting<Item, Outcome>[]): Promise<void> {
    await this.#settle(connection, workspaceId, batch);
    this.#free.push(connection);
    if (this.#waiting > 0) this.#schedule();
    else if (this.#isIdle()) for (const done of this.#idle.splice(0)) done();
  }

  async #settle(connection: number, workspaceId: string, batch: Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#store(connection, workspaceId, batch);
      for (const [at, waiting] of batch.entries()) waiting.resolve(outcomes[at] as Outcome);
    } catch (error) {
      if (batch.length === 1 || this.#options.judge(error) === 'hopeless') {
        for (const waiting of batch) waiting.reject(error);
        return;
      }
      const half = batch.length >> 1;
      await this.#settle(connection, workspaceId, batch.slice(0, half));
      await this.#settle(connection, workspaceId, batch.slice(half));
    }
  }

  async #store(connection: number, workspaceId: string, batch: Waiting<Item, Outcome>[]): Promise<readonly Outcome[]> {
    const items = batch.map((waiting) => waiting.item);
    for (let left = RETRIES; ; left -= 1) {
      try {
        return await this.#options.store(connection, workspaceId, items);
      } catch (error) {
        if (left === 0 || this.#options.judge(error) !== 'again') throw error;
      }
    }
  }
}
