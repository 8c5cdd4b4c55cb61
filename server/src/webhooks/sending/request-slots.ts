/** Something that takes slots, such as a lane. */
export interface SlotHolder {
  /** Whether its latest request took long. */
  slow: boolean;
}

export interface SlotOptions {
  /** Maximum number of requests at once to receivers that, as far as is known, respond quickly. */
  quick: number;
  /** Maximum number of requests at once to all other receivers. */
  slow: number;
}

/**
 * Limits how many requests may be under way at once. Receivers that hang have slots of their own, so they take none
 * from those that respond: a request that takes long is moved to the slow slots, and its receiver gets only slow
 * slots until it responds quickly again. If many receivers begin to hang at once, there may be more slow requests than
 * slow slots, until these requests time out.
 */
export class RequestSlots {
  readonly #options: SlotOptions;
  #quick = 0;
  #slow = 0;

  constructor(options: SlotOptions) {
    this.#options = options;
  }

  hasRoom({ slow }: SlotHolder): boolean {
    return slow ? this.#slow < this.#options.slow : this.#quick < this.#options.quick;
  }

  /** Takes a slot; undefined if none is free. */
  take(holder: SlotHolder): RequestSlot | undefined {
    if (!this.hasRoom(holder)) return undefined;
    let { slow } = holder;
    let taken = true;
    this.#count(slow, 1);
    return {
      becomeSlow: () => {
        if (slow || !taken) return;
        this.#count(false, -1);
        this.#count(true, 1);
        slow = true;
      },
      free: () => {
        if (taken) this.#count(slow, -1);
        taken = false;
      },
    };
  }

  #count(slow: boolean, by: number): void {
    if (slow) this.#slow += by;
    else this.#quick += by;
  }
}

/** The right to have one request under way. */
export interface RequestSlot {
  /** Counts the request as a slow one. */
  becomeSlow(): void;
  free(): void;
}
