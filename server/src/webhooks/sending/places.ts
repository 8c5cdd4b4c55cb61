/** Who takes places: remembers how many it has. */
export interface Taker {
  /** Whether its latest request took long. */
  slow: boolean;
}

export interface PlaceOptions {
  /** Requests at once to receivers that answer quickly, as far as is known. */
  quick: number;
  /** Requests at once to all others. */
  slow: number;
}

/**
 * Requests that may be on their way at once. Receivers that hang have places of their own, so they take none from those
 * that answer: a request that takes long moves over to the slow ones, and its receiver gets only slow places from then
 * on, until it answers quickly again. If many receivers begin to hang at once, there are more slow requests than places
 * for as long as the time limit of a request.
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

  /** Takes a place; undefined if there is none. */
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

/** The right to have one request on its way. */
export interface Place {
  /** The request takes long. */
  becomeSlow(): void;
  free(): void;
}
