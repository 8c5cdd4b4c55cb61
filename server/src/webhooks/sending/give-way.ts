/** The server is considered busy from this many requests in progress, on average. */
const BUSY = 8;
/** Half-life of the average in ms: what happened this long ago counts half as much as what happens now. */
const HALF_LIFE_MS = 100;
/** Deliveries that a busy server still sends: one for this many requests, and in any case a few each second. */
const REQUESTS_PER_DELIVERY = 100;
const LEAST_PER_SECOND = 2;
const BURST = 4;

/**
 * Lets deliveries give way to the requests that bring leads. The sender of a lead waits for the response, while a
 * delivery, which costs more than a lead, can be sent when the rush is over. Otherwise, a server at its limit would
 * take fewer leads with every webhook it has. `clock` is in ms.
 */
export class GiveWay {
  readonly #clock: () => number;
  #inProgress = 0;
  #average = 0;
  #measuredAt: number;
  #allowance = BURST;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#measuredAt = clock();
  }

  /** Call this when a request begins. Returns the function to call when it ends. */
  enter(): () => void {
    this.#measure();
    this.#inProgress += 1;
    return () => {
      this.#measure();
      this.#inProgress -= 1;
      this.#allow(1 / REQUESTS_PER_DELIVERY);
    };
  }

  /** Whether a delivery may be sent now; if so, it counts as sent. */
  mayPass(): boolean {
    if (!this.isBusy()) return true;
    if (this.#allowance < 1) return false;
    this.#allowance -= 1;
    return true;
  }

  isBusy(): boolean {
    this.#measure();
    return this.#average >= BUSY;
  }

  #measure(): void {
    const now = this.#clock();
    const passed = now - this.#measuredAt;
    if (passed <= 0) return;
    const kept = 0.5 ** (passed / HALF_LIFE_MS);
    this.#average = this.#average * kept + this.#inProgress * (1 - kept);
    this.#measuredAt = now;
    this.#allow((passed / 1000) * LEAST_PER_SECOND);
  }

  #allow(more: number): void {
    this.#allowance = Math.min(BURST, this.#allowance + more);
  }
}
