interface Sample {
  /** When everything up to the position was committed, in ms of `performance.now()`. */
  at: number;
  position: bigint;
}

/**
 * Tells whether a standby is fresh enough, by positions in the log: it is as fresh as the newest moment whose
 * position it has replayed. Unlike the time of its last transaction, this also works while nothing is written,
 * and when it is cut off.
 */
export class Freshness {
  readonly #staleAfter: number;
  #samples: Sample[] = [];
  #freshAt = Number.NEGATIVE_INFINITY;

  /** `staleAfter` in ms. */
  constructor(staleAfter: number) {
    this.#staleAfter = staleAfter;
  }

  /** Records both positions; `at` is a moment before the primary's position was queried. */
  note(at: number, { primary, standby }: { primary: bigint; standby: bigint }): void {
    this.#samples.push({ at, position: primary });
    for (const sample of this.#samples) if (sample.position <= standby) this.#freshAt = sample.at;
    this.#samples = this.#samples.filter((sample) => sample.at > this.#freshAt && at - sample.at <= this.#staleAfter);
  }

  /** Discards the samples, because they come from another server. */
  forget(): void {
    this.#samples = [];
    this.#freshAt = Number.NEGATIVE_INFINITY;
  }

  isFresh(now: number): boolean {
    return now - this.#freshAt <= this.#staleAfter;
  }
}
