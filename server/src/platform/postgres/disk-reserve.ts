import { randomBytes } from 'node:crypto';
import { open, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlainLog } from '../plain-log.ts';
import { pause } from '../time/wait.ts';

/**
 * Space reserved on the disk of the embedded database. PostgreSQL panics when it cannot write its log, so new
 * leads are refused while there is still room. If even that runs out, a reserve file is deleted, which frees
 * enough for a checkpoint.
 */
export interface DiskReserve {
  /** Whether new leads must be refused for lack of space. */
  isLow(): boolean;
  /** Frees the reserve at once, because PostgreSQL has run out of space. */
  spend(): Promise<void>;
  close(): Promise<void>;
}

/** Options for `keepDiskReserve`; tests simulate a smaller disk. */
export interface DiskReserveOptions {
  readonly log: PlainLog;
  /** Bytes free on the disk of a folder. */
  readonly free?: (folder: string) => Promise<number>;
  readonly intervalMs?: number;
}

const MEGABYTE = 1024 * 1024;
export const RESERVE_BYTES = 64 * MEGABYTE;
/** With less free space than this, new leads are refused: four segments of PostgreSQL's log. */
export const FLOOR_BYTES = 64 * MEGABYTE;
/** With less free space than this, the reserve is freed. */
const LAST_BYTES = 24 * MEGABYTE;
/** This much more must be free before leads are accepted again, so that the state does not flicker. */
const MARGIN_BYTES = 16 * MEGABYTE;

/** Watches the disk of the data folder and keeps a file of 64 MB on it. */
export async function keepDiskReserve(dataDir: string, options: DiskReserveOptions): Promise<DiskReserve> {
  const { log, free = freeBytes, intervalMs = 500 } = options;
  const file = join(dataDir, 'reserve');
  const closing = new AbortController();
  let isHeld = (await stat(file).catch(() => undefined))?.size === RESERVE_BYTES;
  let isSpent = false;
  let isLow = false;

  const spend = async (): Promise<void> => {
    if (isSpent) return;
    isSpent = true;
    isLow = true;
    await rm(file, { force: true });
    log.warn('The disk is full. New leads are refused until there is space; the reserve was freed for PostgreSQL.');
    isHeld = false;
  };
  const look = async (): Promise<void> => {
    const left = await free(dataDir);
    if (left < LAST_BYTES) await spend();
    else if (!isHeld && left >= RESERVE_BYTES + FLOOR_BYTES + MARGIN_BYTES) {
      await fill(file);
      isHeld = true;
      isSpent = false;
    }
    const wasLow = isLow;
    isLow = isSpent || left < FLOOR_BYTES + (wasLow ? MARGIN_BYTES : 0);
    if (isLow && !wasLow) log.warn('The disk is almost full. New leads are refused until there is space.');
    if (!isLow && wasLow) log.warn('There is space on the disk again. New leads are accepted.');
  };
  const watching = (async () => {
    while (!closing.signal.aborted) {
      await look().catch((error: unknown) => log.warn(`The free disk space could not be determined: ${String(error)}`));
      await pause(intervalMs, closing.signal);
    }
  })();
  return {
    isLow: () => isLow,
    spend,
    async close() {
      closing.abort();
      await watching;
    },
  };
}

/** Writes random bytes, because a compressing file system would reserve no space for zeros. */
async function fill(file: string): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    for (let left = RESERVE_BYTES; left > 0; left -= MEGABYTE) await handle.write(randomBytes(MEGABYTE));
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
