/**
 * Gathers concurrent requests into shared commits. A free connection takes at once whatever waits for one workspace;
 * while all are busy, requests gather. No timer: a lone request waits for nothing. Correctness never depends on what was
 * gathered together: a batch that fails is tried again in halves, down to the single item that is at fault.
 */
export interface BatcherOptions<Item, Outcome> {
  /** How many batches may be stored at once. */
  connections: number;
  mostItems: number;
  mostWaiting: number;
  /** Stores one batch in one transaction, on the connection of this number. All or nothing; outcomes in the order given. */
  store(connection: number, workspaceId: string, items: readonly Item[]): Promise<readonly Outcome[]>;
  /** `again`: a lost race, the same batch may simply be tried again. `hopeless`: no item is at fault, none will pass. */
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
  /** Waiting items by workspace, in order of arrival of the first. */
  readonly #queues = new Map<string, Waiting<Item, Outcome>[]>();
  readonly #free: number[];
  #waiting = 0;
  #scheduled = false;
  #idle: (() => void)[] = [];

  constructor(options: BatcherOptions<Item, Outcome>) {
    this.#options = options;
    this.#free = Array.from({ length: options.connections }, (_, at) => at);
  }

  /** Resolves with the item's outcome after the commit that holds it. Rejects with QueueFull when too many wait. */
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

  /** Resolves when nothing waits and nothing is being stored. */
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
      // Deleting and setting again sends the rest to the end: workspaces take turns.
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
