// Makes sure that only one process builds, while others wait for it.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The modification time of a file; 0 when it does not exist. */
export const timeOf = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** The latest modification time in these files and folders. */
export function newestOf(paths) {
  const within = (path) =>
    existsSync(path) && statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true }).map((name) => join(path, name))
      : [];
  return Math.max(...paths.flatMap((path) => [path, ...within(path)]).map(timeOf));
}

/** Builds unless another process just did. Changes made during a build are picked up by the next one. */
export async function buildOnce({ stamp, lock, isBuilt, build }) {
  if (isBuilt()) return;
  takeLock(lock);
  try {
    if (isBuilt()) return;
    const begun = new Date();
    await build();
    writeFileSync(stamp, '');
    utimesSync(stamp, begun, begun);
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock) {
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      return writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isStale(lock)) rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

/** Whether the lock's builder was killed. Its process id may have been reused, but no build takes two minutes. */
function isStale(lock) {
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  const limit = holder === 0 ? 5_000 : isAlive(holder) ? 120_000 : 0;
  return Date.now() - timeOf(lock) > limit;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
