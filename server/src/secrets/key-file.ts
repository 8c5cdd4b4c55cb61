import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../platform/database/database-errors.ts';
import { operatorError } from '../platform/operator-error.ts';
import { poll } from '../platform/time/wait.ts';
import { writeOnce } from '../platform/write-once.ts';
import { KEY_BYTES } from './keyring.ts';

/** Where this server finds its keys. */
export interface KeySources {
  /** Keys from SECRET_KEY; they precede those in the file. */
  secretKeys: readonly Buffer[];
  dataDir: string;
}

/** The key file in the data folder: one key per line; the first one encrypts. */
export function keyFileIn(dataDir: string): string {
  return join(dataDir, 'secret.key');
}

/** All keys, starting with the one that encrypts; empty if this server has none yet. */
export async function readKeys({ secretKeys, dataDir }: KeySources): Promise<Buffer[]> {
  return [...secretKeys, ...(await readKeyFile(keyFileIn(dataDir)))];
}

/** Creates the key file with a new key, unless another process does so first. Returns the keys in the file. */
export async function makeKeyFile(dataDir: string): Promise<Buffer[]> {
  const path = keyFileIn(dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeOnce(path, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
  // On a file system without links, another process may still be writing the file.
  const made = await poll(async () => {
    const keys = await readKeyFile(path);
    return keys.length > 0 ? keys : undefined;
  }, 2000);
  if (!made) throw operatorError(`The file ${path} cannot be read.`);
  return made;
}

async function readKeyFile(path: string): Promise<Buffer[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return '';
    throw operatorError(`The file ${path} with the keys of stored secrets cannot be read.`, error);
  });
  const keys = readSecretKeys(text.trim().replace(/\s*\n\s*/g, ','));
  if (typeof keys === 'string')
    throw operatorError(`The file ${path} must hold keys of ${KEY_BYTES} bytes in Base64, one a line. Restore it.`);
  return keys;
}

/**
 * Reads `SECRET_KEY`: keys separated by commas. Returns an error message, without any part of the value, if one of them
 * is wrong.
 */
export function readSecretKeys(text: string): Buffer[] | string {
  const keys = text.split(',').flatMap((one) => one.trim() || []);
  const isHex = (one: string) => /^[0-9a-f]{64}$/i.test(one);
  return keys.every((one) => isHex(one) || /^[A-Za-z0-9+/_-]{43}=?$/.test(one))
    ? keys.map((one) => Buffer.from(one, isHex(one) ? 'hex' : 'base64'))
    : `SECRET_KEY must be ${KEY_BYTES} random bytes in Base64, as from "openssl rand -base64 ${KEY_BYTES}".`;
}
