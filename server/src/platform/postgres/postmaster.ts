import { open, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../database/database-errors.ts';
import type { Account } from './account.ts';
import type { Layout } from './layout.ts';
import { SOCKET_PORT } from './layout.ts';
import { run } from './run.ts';

/**
 * Whose process a lock file names: nobody's (gone, or a zombie), a stranger that later got the same id, our own server,
 * or one that we may not inspect.
 */
export type Holder = 'nobody' | 'stranger' | 'ours' | 'unknown';

/** The process id in the cluster's lock file and the start time of that server in seconds; null without a file. */
export async function readLock(layout: Layout): Promise<{ pid: number; startedAt: number } | null> {
  const text = await readFile(join(layout.cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  return parseLock(text);
}

function parseLock(text: string): { pid: number; startedAt: number } | null {
  const lines = text.split('\n');
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  return Number.isInteger(pid) && pid > 0 ? { pid, startedAt: Number.parseInt(lines[2] ?? '', 10) } : null;
}

/** Finds out whose process it is, without signalling it. */
export async function holderOf(
  lock: { pid: number; startedAt: number },
  layout: Layout,
  account: Account | null,
): Promise<Holder> {
  if (process.platform === 'linux') return holderOnLinux(lock.pid, layout, account);
  if (process.platform === 'win32') return isAlive(lock.pid) ? 'unknown' : 'nobody';
  return holderByPs(lock);
}

async function holderOnLinux(pid: number, layout: Layout, account: Account | null): Promise<Holder> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const named = /^\d+ \((.*)\) (\w)/s.exec(line);
  if (!named || named[2] === 'Z' || named[2] === 'X') return 'nobody';
  if (named[1] !== 'postgres') return 'stranger';
  try {
    const folder = await readlink(`/proc/${pid}/cwd`);
    return folder === (await realpath(layout.cluster)) ? 'ours' : 'stranger';
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return 'nobody';
    const owner = await stat(`/proc/${pid}`).then(
      ({ uid }) => uid,
      () => undefined,
    );
    // The server of our folder can only run under our account.
    return owner === (account?.uid ?? process.getuid?.()) ? 'unknown' : 'stranger';
  }
}

async function holderByPs(lock: { pid: number; startedAt: number }): Promise<Holder> {
  const { code, output } = await run('ps', ['-p', String(lock.pid), '-o', 'stat=,lstart=,comm='], {
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
  });
  const shown = /^\s*(\S+)\s+(\w{3} \w{3} +\d+ [\d:]+ \d{4})\s+(.+)$/m.exec(output);
  if (code !== 0 || !shown || shown[1]?.startsWith('Z')) return 'nobody';
  if (!shown[3]?.includes('postgres')) return 'stranger';
  const apart = Math.abs(Date.parse(shown[2] ?? '') / 1000 - lock.startedAt);
  return apart <= 5 ? 'ours' : 'stranger';
}

/** Whether a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

/** A process id beyond the kernel's limit, so that PostgreSQL sees at once that its holder is gone. */
const IMPOSSIBLE_PID = 2_147_483_646;

/**
 * Lets PostgreSQL start despite lock files naming an unrelated process. Only the number is overwritten, because
 * PostgreSQL needs the rest to check that no orphan of the old server still uses its shared memory. Writes through the
 * handle it has read, so that a lock file created by another process meanwhile is never touched.
 */
export async function defuseLocks(layout: Layout, account: Account | null): Promise<void> {
  const socketLock = join(layout.run, `.s.PGSQL.${SOCKET_PORT}.lock`);
  for (const path of [join(layout.cluster, 'postmaster.pid'), socketLock]) await defuse(path, layout, account);
}

async function defuse(path: string, layout: Layout, account: Account | null): Promise<void> {
  const file = await open(path, 'r+').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (!file) return;
  try {
    const text = await file.readFile('utf8');
    const lock = parseLock(text);
    if (!lock || lock.pid === IMPOSSIBLE_PID) return;
    const holder = await holderOf(lock, layout, account);
    if (holder !== 'nobody' && holder !== 'stranger') return;
    const rest = text.slice(text.indexOf('\n'));
    const replaced = Buffer.from(`${IMPOSSIBLE_PID}${text.includes('\n') ? rest : '\n'}`);
    await file.write(replaced, 0, replaced.length, 0);
    await file.truncate(replaced.length);
  } finally {
    await file.close();
  }
}
