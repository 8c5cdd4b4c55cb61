import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { hasCode } from '../database/database-errors.ts';
import { operatorError } from '../operator-error.ts';
import { poll } from '../time/wait.ts';
import { writeOnce } from '../write-once.ts';
import type { Layout } from './layout.ts';
import { SOCKET_PORT } from './layout.ts';

/** Access to the cluster: a password for each role, and the port (in the socket's name; TCP on Windows). */
export interface Secrets {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
  readonly port: number;
}

/**
 * Reads the secrets, or creates them if `create` is set (no cluster yet). If several processes do so at once, all
 * use those of the first.
 */
export async function readOrCreateSecrets(layout: Layout, create: boolean): Promise<Secrets> {
  const known = await readSecrets(layout.secrets);
  if (known) return known;
  if (!create) {
    throw operatorError(
      `The database in ${layout.cluster} exists, but ${layout.secrets} with its passwords is missing. ` +
        'Restore that file from your backup.',
    );
  }
  await writeOnce(layout.secrets, `${JSON.stringify(await newSecrets(), null, 2)}\n`);
  // On a file system without links, another process may still be writing the file.
  const created = await poll(() => readSecrets(layout.secrets), 2000);
  if (!created) throw operatorError(`The file ${layout.secrets} cannot be read.`);
  return created;
}

async function newSecrets(): Promise<Secrets> {
  const password = () => randomBytes(32).toString('base64url');
  const port = process.platform === 'win32' ? await freePort() : SOCKET_PORT;
  return { superuser: password(), owner: password(), app: password(), port };
}

async function readSecrets(path: string): Promise<Secrets | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw operatorError(`The file ${path} cannot be read.`, error);
  }
  if (text === '') return undefined;
  try {
    const found = JSON.parse(text) as Partial<Secrets>;
    if (found.superuser && found.owner && found.app && found.port) return found as Secrets;
  } catch {
    // Falls through to the error below.
  }
  throw operatorError(`The file ${path} is damaged. Put it back from your backup.`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : SOCKET_PORT));
    });
  });
}
