import type { Database } from '../../platform/database/database.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { type AttemptOptions, attempt, TIME_LIMIT_MS } from './attempt.ts';
import type { Place, Places } from './places.ts';
import { type Ended, type OnDisabled, type Turn, takeTurn } from './turn.ts';

/** Requests to one webhook at once, whichever process sends them. */
const AT_ONCE = 4;
/** When others may assume that whoever claimed a delivery has died. */
const LEASE_MS = 2 * TIME_LIMIT_MS;
/** A request that takes longer is a slow one. */
const SLOW_MS = 1_000;
const AFTER_ERROR_MS = 1_000;

/** What all lanes share. */
export interface LaneOptions extends AttemptOptions {
  database: Database;
  referenceData(workspaceId: string): Promise<ReferenceData>;
  places: Places;
  onDisabled?: OnDisabled | undefined;
  onError(error: unknown): void;
  /** A place became free. */
  onFree(): void;
  /** The lane has something to do, but no place. */
  onWaiting(lane: Lane): void;
  /** The lane has nothing to do. */
  onIdle(lane: Lane): void;
}

/**
 * What one process sends to one webhook. It takes turns with the database: each stores what became of the last requests and
 * claims the next ones, so a lane that is busy needs one transaction for several deliveries.
 */
export class Lane {
  readonly workspaceId: string;
  readonly webhookId: string;
  /** Whether its latest request took long. */
  slow = false;
  readonly #options: LaneOptions;
  #onTheWay = 0;
  #ended: Ended[] = [];
  /** Whether more may be due. */
  #hungry = true;
  #turning = false;
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

  /** Claims nothing more; what is on its way is still stored. */
  stop(): void {
    this.#stopped = true;
    this.go();
  }

  /** Takes a turn if there is anything to do in one. */
  go(): void {
    if (this.#turning) return;
    const places = this.#hungry && !this.#stopped ? this.#options.places.take(this, AT_ONCE - this.#onTheWay) : [];
    if (places.length === 0 && this.#ended.length === 0) {
      if (this.#hungry && !this.#stopped) {
        if (this.#onTheWay < AT_ONCE) this.#options.onWaiting(this);
      } else if (this.#onTheWay === 0) this.#options.onIdle(this);
      return;
    }
    this.#turning = true;
    void this.#turn(places).then((isOver) => {
      this.#turning = false;
      if (isOver) this.go();
    });
  }

  /** Returns false if it failed, and goes on by itself after a pause. */
  async #turn(places: Place[]): Promise<boolean> {
    const ended = this.#ended;
    this.#ended = [];
    const wasHungry = this.#hungry;
    // Whoever wakes the lane from here on may know of deliveries that this turn does not see.
    if (places.length > 0) this.#hungry = false;
    try {
      const turn = await this.#take(ended, places.length);
      if (turn.claimed.length === places.length && places.length > 0) this.#hungry = true;
      await this.#send(turn, places);
      return true;
    } catch (error) {
      this.#options.onError(error);
      // Whoever takes over after the stop repeats what could not be stored.
      if (this.#stopped) return true;
      this.#ended = [...ended, ...this.#ended];
      this.#hungry ||= wasHungry;
      setTimeout(() => this.go(), AFTER_ERROR_MS).unref();
      return false;
    } finally {
      for (const place of places) place.free();
      if (places.length > 0) this.#options.onFree();
    }
  }

  #take(ended: readonly Ended[], most: number): Promise<Turn> {
    const { database, clock, onDisabled } = this.#options;
    const now = clock();
    const lease = new Date(now.getTime() + LEASE_MS);
    const options = { ended, most, atOnce: AT_ONCE, now, lease, onDisabled };
    // A result that a crash of the database takes back is one more repeat, which receivers must expect anyway.
    return database.tx(this.workspaceId, (tx) => takeTurn(tx, this.webhookId, options), {
      settings: { synchronous_commit: 'off' },
    });
  }

  /** Sends what was claimed; each takes one of the places with it. */
  async #send({ webhook, claimed, leads }: Turn, places: Place[]): Promise<void> {
    if (!webhook || claimed.length === 0) return;
    const referenceData = await this.#options.referenceData(this.workspaceId);
    for (const delivery of claimed) {
      const place = places.pop();
      this.#onTheWay += 1;
      const watch = setTimeout(() => {
        this.slow = true;
        place?.becomeSlow();
        this.#options.onFree();
      }, SLOW_MS).unref();
      void attempt({ webhook, delivery, leads, referenceData }, this.#options)
        .then((result) => {
          if (result.verdict === 'delivered') this.slow = false;
          this.#ended.push(result);
        })
        .finally(() => {
          clearTimeout(watch);
          place?.free();
          this.#onTheWay -= 1;
          this.#options.onFree();
          this.go();
        });
    }
  }
}
