import { randomBytes } from 'node:crypto';
import { link, open, unlink } from 'node:fs/promises';
import { hasCode } from './database/database-errors.ts';

/**
 * Writes a private file and flushes it to disk. It only ever appears complete (as a link to a finished file), and never
 * replaces an existing one: if several processes write it, the first one's stays.
 */
export async function writeOnce(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
  await writeSynced(draft, text);
  try {
    await link(draft, path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    await writeSynced(path, text).catch((second: unknown) => {
      if (!hasCode(second, 'EEXIST')) throw second;
    });
  } finally {
    await unlink(draft);
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
