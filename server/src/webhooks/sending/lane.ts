import type { Database } from '../../platform/database/database.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { type AttemptOptions, attempt, type Sending, TIME_LIMIT_MS, untried } from './attempt.ts';
import type { GiveWay } from './give-way.ts';
import type { RequestSlot, RequestSlots } from './request-slots.ts';
import { type Ended, takeTurn } from './turn.ts';

/** Maximum number of requests to one webhook at once, by all processes together. */
const AT_ONCE = 4;
/** Deliveries claimed together, so that a busy webhook needs few transactions. */
const CLAIMED_TOGETHER = 32;
/** After this time, others may assume that the process that claimed a delivery has died. */
const LEASE_MS = 2 * TIME_LIMIT_MS;
/** A request that takes longer is considered slow. */
const SLOW_MS = 1_000;
const AFTER_ERROR_MS = 1_000;
/** How long results wait, and for how many others, to be stored together. */
const STORE_AFTER_MS = 100;
const BUSY_STORE_AFTER_MS = 1_000;
const STORED_TOGETHER = 16;

/** What all lanes share. */
export interface LaneOptions extends AttemptOptions {
  /** Runs transactions in order, a few at a time, because there are few connections. */
  tx: Database['tx'];
  referenceData(workspaceId: string): Promise<ReferenceData>;
  slots: RequestSlots;
  giveWay: GiveWay;
  /** Called when a slot has become free. */
  onFree(): void;
  /** Called when the lane has something to send, but no free slot. */
  onWaiting(lane: Lane): void;
  /** Called when the lane has nothing to do. */
  onIdle(lane: Lane): void;
}

/**
 * The deliveries that one process sends to one webhook. They are sent in turns: each turn is a transaction that stores
 * the results of the last requests and claims the next deliveries. While one process has claimed some, others leave the
 * webhook alone.
 */
export class Lane {
  readonly workspaceId: string;
  readonly webhookId: string;
  /** Whether its latest request took long. */
  slow = false;
  readonly #options: LaneOptions;
  /** Deliveries that are claimed and not sent yet. */
  #queue: Sending[] = [];
  #onTheWay = 0;
  #ended: Ended[] = [];
  /** Whether more deliveries may be due. */
  #hungry = true;
  #turning = false;
  /** Timer that runs while results wait to be stored together with others. */
  #storing: NodeJS.Timeout | undefined;
  #mustStore = false;
  /** Whether the webhook may have changed since the current turn began. */
  #changed = false;
  #stopped = false;

  constructor(workspaceId: string, webhookId: string, options: LaneOptions) {
    this.workspaceId = workspaceId;
    this.webhookId = webhookId;
    this.#options = options;
  }

  /** Looks for deliveries that are due. */
  wake(): void {
    this.#hungry = true;
    this.go();
  }

  /** Call this when the webhook may have changed: nothing more is sent with the old settings. */
  readAgain(): void {
    this.#changed = true;
    this.#giveBack();
    this.go();
  }

  /** Sends and claims nothing more; results of requests under way are still stored. */
  stop(): void {
    this.#stopped = true;
    this.#giveBack();
    this.go();
  }

  /** Sends the claimed deliveries as far as there are slots, and takes a turn if one is needed. */
  go(): void {
    this.#sendQueue();
    if (this.#turning) return;
    const most = this.#hungry && !this.#stopped && this.#queue.length === 0 ? this.#most() : 0;
    if (most > 0 || (this.#mustStore && this.#ended.length > 0)) void this.#turn(most);
    else if (this.#isIdle()) this.#options.onIdle(this);
    else if (this.#hungry && this.#onTheWay < AT_ONCE) this.#options.onWaiting(this);
  }

  /** Collects results, which are stored soon. */
  #end(...ended: readonly Ended[]): void {
    this.#ended.push(...ended);
    this.#mustStore ||= this.#stopped || this.#ended.length >= STORED_TOGETHER;
    const isBusy = this.#options.giveWay.isBusy();
    this.#storing ??= setTimeout(
      () => {
        this.#mustStore = true;
        this.go();
      },
      isBusy ? BUSY_STORE_AFTER_MS : STORE_AFTER_MS,
    );
  }

  #isIdle(): boolean {
    const isBusy = this.#onTheWay > 0 || this.#queue.length > 0 || this.#ended.length > 0;
    return !isBusy && (!this.#hungry || this.#stopped);
  }

  /** How many deliveries to claim. Those that cannot be sent at once are left for other processes. */
  #most(): number {
    if (this.#onTheWay >= AT_ONCE || !this.#options.slots.hasRoom(this)) return 0;
    return this.slow || this.#options.giveWay.isBusy() ? AT_ONCE - this.#onTheWay : CLAIMED_TOGETHER;
  }

  async #turn(most: number): Promise<void> {
    this.#turning = true;
    const ended = this.#ended;
    this.#ended = [];
    clearTimeout(this.#storing);
    this.#storing = undefined;
    this.#mustStore = false;
    const wasHungry = this.#hungry;
    this.#changed = false;
    // A call of `wake` from here on may be about deliveries that this turn does not see.
    if (most > 0) this.#hungry = false;
    try {
      const claimed = await this.#take(ended, most);
      if (most > 0 && claimed.length === most) this.#hungry = true;
      this.#queue.push(...claimed);
      if (this.#stopped || this.#changed) this.#giveBack();
      this.#turning = false;
      this.go();
    } catch (error) {
      this.#turning = false;
      this.#options.onError(error);
      // After a stop, results that could not be stored are lost: another process sends those deliveries again.
      if (this.#stopped) return this.go();
      this.#hungry ||= wasHungry;
      setTimeout(() => {
        this.#mustStore = true;
        this.go();
      }, AFTER_ERROR_MS).unref();
      this.#ended.unshift(...ended);
    }
  }

  async #take(ended: readonly Ended[], most: number): Promise<Sending[]> {
    const { tx: run, clock, referenceData } = this.#options;
    const now = clock();
    const lease = new Date(now.getTime() + LEASE_MS);
    const options = { ended, most, own: this.#onTheWay + this.#queue.length, now, lease };
    // If a crash of the database loses a result, the delivery is repeated, which receivers must expect anyway.
    const settings = { synchronous_commit: 'off' };
    const turn = await run(this.workspaceId, (tx) => takeTurn(tx, this.webhookId, options), { settings });
    const { webhook, leads } = turn;
    if (!webhook || turn.claimed.length === 0) return [];
    const names = await referenceData(this.workspaceId);
    return turn.claimed.map((delivery) => ({ webhook, delivery, leads, referenceData: names }));
  }

  #sendQueue(): void {
    while (this.#queue.length > 0 && this.#onTheWay < AT_ONCE) {
      const { slots, giveWay } = this.#options;
      const slot = slots.hasRoom(this) && giveWay.mayPass() ? slots.take(this) : undefined;
      if (!slot) {
        this.#options.onWaiting(this);
        return;
      }
      const sending = this.#queue.shift() as Sending;
      const left = sending.delivery.lease.getTime() - this.#options.clock().getTime();
      if (left > TIME_LIMIT_MS) void this.#send(sending, slot);
      else {
        slot.free();
        this.#end(untried(sending, this.#options));
      }
    }
  }

  async #send(sending: Sending, slot: RequestSlot): Promise<void> {
    this.#onTheWay += 1;
    const watch = setTimeout(() => {
      this.slow = true;
      slot.becomeSlow();
      this.#giveBack();
      this.#options.onFree();
      this.go();
    }, SLOW_MS).unref();
    const result = await attempt(sending, this.#options);
    clearTimeout(watch);
    slot.free();
    this.#onTheWay -= 1;
    this.#end(result);
    if (result.verdict === 'delivered') this.slow = false;
    if (result.verdict === 'gone' || result.verdict === 'asked') this.#giveBack();
    this.#options.onFree();
    this.go();
  }

  /** Releases deliveries that were claimed but not sent. */
  #giveBack(): void {
    this.#end(...this.#queue.splice(0).map((sending) => untried(sending, this.#options)));
    this.#mustStore = true;
    if (!this.#stopped) this.#hungry = true;
  }
}
