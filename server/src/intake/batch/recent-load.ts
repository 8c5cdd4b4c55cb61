/** For how long a workspace counts as being served after its last batch, in ms; what it stored fades at the same pace. */
const WINDOW_MS = 1000;

/** How much each workspace has stored lately. Holds only workspaces that are being served now. */
export class RecentLoad {
  readonly #now: () => number;
  readonly #loads = new Map<string, { items: number; at: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  add(workspaceId: string, items: number): void {
    this.#forget();
    const before = this.#itemsOf(workspaceId);
    this.#loads.set(workspaceId, { items: before + items, at: this.#now() });
  }

  /** Whether another workspace that is being served now has stored less than this one. */
  hasQuieter(workspaceId: string): boolean {
    this.#forget();
    const own = this.#itemsOf(workspaceId);
    for (const other of this.#loads.keys()) if (other !== workspaceId && this.#itemsOf(other) < own) return true;
    return false;
  }

  #itemsOf(workspaceId: string): number {
    const load = this.#loads.get(workspaceId);
    return load ? load.items * Math.exp((load.at - this.#now()) / WINDOW_MS) : 0;
  }

  #forget(): void {
    for (const [workspaceId, { at }] of this.#loads) if (this.#now() - at > WINDOW_MS) this.#loads.delete(workspaceId);
  }
}
