/** Something that takes places, such as a lane. */
export interface Taker {
  /** Whether its latest request took long. */
  slow: boolean;
}

export interface PlaceOptions {
  /** Maximum number of requests at once to receivers that, as far as is known, respond quickly. */
  quick: number;
  /** Maximum number of requests at once to all other receivers. */
  slow: number;
}

/**
 * Limits how many requests may be under way at once. Receivers that hang have places of their own, so they take none
 * from those that respond: a request that takes long is moved to the slow places, and its receiver gets only slow
 * places until it responds quickly again. If many receivers begin to hang at once, there may be more slow requests than
 * slow places, until these requests time out.
 */
export class Places {
  readonly #options: PlaceOptions;
  #quick = 0;
  #slow = 0;

  constructor(options: PlaceOptions) {
    this.#options = options;
  }

  hasRoom({ slow }: Taker): boolean {
    return slow ? this.#slow < this.#options.slow : this.#quick < this.#options.quick;
  }

  /** Takes a place; undefined if none is free. */
  take(taker: Taker): Place | undefined {
    if (!this.hasRoom(taker)) return undefined;
    let { slow } = taker;
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
export interface Place {
  /** Counts the request as a slow one. */
  becomeSlow(): void;
  free(): void;
}
