/** Limits how many of something each holder may have at once; further requests wait in line. */
export class FairShare {
  readonly #most: number;
  readonly #waitMs: number;
  readonly #held = new Map<string, number>();
  readonly #lines = new Map<string, (() => void)[]>();

  /** No holder has more than `most` at once, or waits longer than `waitMs`. */
  constructor(most: number, waitMs: number) {
    this.#most = most;
    this.#waitMs = waitMs;
  }

  /** Resolves when the holder may have one more; rejects after waiting too long. Each `enter` needs a `leave`. */
  async enter(holder: string): Promise<void> {
    const held = this.#held.get(holder) ?? 0;
    if (held < this.#most) {
      this.#held.set(holder, held + 1);
      return;
    }
    const line = this.#lines.get(holder) ?? [];
    this.#lines.set(holder, line);
    await new Promise<void>((resolve, reject) => {
      const next = () => {
        clearTimeout(giveUp);
        resolve();
      };
      const giveUp = setTimeout(() => {
        line.splice(line.indexOf(next), 1);
        reject(new Error('timeout exceeded when trying to connect'));
      }, this.#waitMs);
      line.push(next);
    });
  }

  /** Releases one, and passes it to the next in the holder's line, if any. */
  leave(holder: string): void {
    const next = this.#lines.get(holder)?.shift();
    if (next) {
      next();
      return;
    }
    this.#lines.delete(holder);
    const held = (this.#held.get(holder) ?? 1) - 1;
    if (held > 0) this.#held.set(holder, held);
    else this.#held.delete(holder);
  }
}
