import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../database/database-errors.ts';
import type { Layout } from './layout.ts';

/** What a process that was killed may have left unfinished: name and process number. */
const LEFTOVER = /^(?:postgres\.new-|password-|secrets\.json\.)(\d+)[-.]/;
/** The programs that a killed process had started may still write for a while. */
const QUIET_MS = 60_000;

/** Removes what killed starts left behind: half-made clusters, password files. Never fails a start. */
export async function sweepLeftovers(layout: Layout): Promise<void> {
  for (const folder of [layout.dataDir, layout.run]) {
    for (const name of await readdir(folder).catch(() => [])) {
      const pid = Number(LEFTOVER.exec(name)?.[1] ?? 0);
      const path = join(folder, name);
      if (pid > 0 && !isAlive(pid) && (await isQuiet(path))) {
        await rm(path, { recursive: true, force: true }).catch(() => {});
      }
    }
  }
}

async function isQuiet(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > QUIET_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}
