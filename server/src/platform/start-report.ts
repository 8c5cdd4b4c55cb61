import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a start did, step by step, in the order of the steps. */
export interface StartReport {
  /** When the server was ready. */
  readonly at: string;
  /** Whether the store existed before. A first start creates it, which takes longer. */
  readonly existing: boolean;
  /** Milliseconds from the start of the process until the server was ready. */
  readonly ms: number;
  readonly steps: readonly { readonly name: string; readonly ms: number }[];
}

const FILE = 'last-start.json';

/** Measures the steps of a start one after another; the first includes everything that the process did before. */
export class StartTimes {
  private readonly steps: { name: string; ms: number }[] = [];
  private last = 0;

  /** Ends a step, which began when the previous one ended. `now`: milliseconds since the process started. */
  end(name: string, now: number = performance.now()): void {
    this.steps.push({ name, ms: Math.round(now - this.last) });
    this.last = now;
  }

  report(existing: boolean): StartReport {
    return { at: new Date().toISOString(), existing, ms: Math.round(this.last), steps: this.steps };
  }
}

/** Stores the report in the data folder; if that is not writable, the server runs without it. */
export async function keepStartReport(dataDir: string, report: StartReport): Promise<void> {
  await writeFile(join(dataDir, FILE), `${JSON.stringify(report)}\n`, { mode: 0o600 }).catch(() => {});
}

/** The report of the last start; undefined if there was none. */
export async function readStartReport(dataDir: string): Promise<StartReport | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDir, FILE), 'utf8'));
  } catch {
    return undefined;
  }
}
