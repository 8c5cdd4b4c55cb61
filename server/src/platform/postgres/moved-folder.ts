import { stat } from 'node:fs/promises';
import type { PlainLog } from '../plain-log.ts';
import { poll } from '../time/wait.ts';
import type { Layout } from './layout.ts';
import { holderOf, readLock } from './postmaster.ts';
import type { ClusterContext } from './start-stop.ts';

/** Watches whether PostgreSQL's folder is moved away while the server runs. */
export interface FolderWatch {
  /**
   * Ends the watch. If the folder was moved, stops the PostgreSQL running in it, which no known path leads to any more.
   */
  stop(): Promise<{ moved: boolean }>;
}

const EVERY_MS = 2_000;
const STOP_MS = 20_000;

/**
 * Calls `onMoved` once when the folder is no longer at its path. A server whose folder was moved keeps writing to it
 * unnoticed, while the next start at the old path begins with an empty one.
 */
export async function watchFolder(
  { layout, launcher, log }: ClusterContext,
  onMoved: (() => void) | undefined,
): Promise<FolderWatch> {
  const [home, lock] = [await identity(layout.cluster), await readLock(layout)];
  let moved = false;
  const look = async () => {
    if (moved || (await identity(layout.cluster)) === home) return;
    moved = true;
    log.warn(movedSentence(layout));
    onMoved?.();
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await look();
      if (moved && lock && (await runsIn(lock, home, layout, launcher.account))) await end(lock.pid, log);
      return { moved };
    },
  };
}

function movedSentence({ cluster, dataDir }: Layout): string {
  return (
    `The database's folder ${cluster} was moved or removed while Leadwell was running on it. Leadwell stops, and its ` +
    `PostgreSQL with it. Put the folder back, or set DATA_DIR to where it is now, instead of ${dataDir}; then start again.`
  );
}

/** Device and inode of a folder, which stay the same when it is moved; undefined if there is no folder. */
async function identity(path: string): Promise<string | undefined> {
  return stat(path, { bigint: true }).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => undefined,
  );
}

/** Whether the process in the lock file is the server that was started in the folder, wherever the folder is now. */
async function runsIn(
  lock: { pid: number; startedAt: number },
  home: string | undefined,
  layout: Layout,
  account: Parameters<typeof holderOf>[2],
): Promise<boolean> {
  if (process.platform === 'linux') return home !== undefined && (await identity(`/proc/${lock.pid}/cwd`)) === home;
  return (await holderOf(lock, layout, account)) === 'ours';
}

/**
 * A fast shutdown, then an immediate one if the server is still there: with its folder gone, it may be unable to write.
 */
async function end(pid: number, log: PlainLog): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!send(pid, signal)) return;
    if (await poll(() => (send(pid, 0) ? undefined : true), STOP_MS, 100)) return;
  }
  log.warn(`The database's process ${pid} could not be stopped.`);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
