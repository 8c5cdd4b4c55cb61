import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layout } from './layout.ts';
import { isAlive } from './postmaster.ts';

/** Unfinished files of a killed process: name and process id. */
const LEFTOVER = /^(?:postgres\.new-|password-|secrets\.json\.)(\d+)[-.]/;
/** Programs started by a killed process may still write for a while. */
const QUIET_MS = 60_000;

/** Removes what killed starts left behind: half-made clusters and password files. Never makes a start fail. */
export async function removeLeftovers(layout: Layout): Promise<void> {
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
