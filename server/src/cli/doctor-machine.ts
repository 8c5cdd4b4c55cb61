import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Symptom } from './symptom.ts';

const OLDEST_NODE = [20, 19] as const;
const GIGABYTE = 1024 ** 3;

/** What can be seen without the database: Node.js, and the folder of the data. */
export async function machineSymptoms(config: Config): Promise<Symptom[]> {
  const symptoms = [nodeSymptom(process.versions.node)];
  if (config.databaseUrl) return symptoms;
  const found = await stat(config.dataDir).catch(() => undefined);
  if (!found) return symptoms;
  return [...symptoms, await diskSymptom(config.dataDir), ...(await permissionSymptoms(config.dataDir))];
}

function nodeSymptom(version: string): Symptom {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  return isOld
    ? {
        check: 'node',
        state: 'fail',
        text: `Node.js ${version} is too old; ${OLDEST_NODE.join('.')} or newer is needed.`,
      }
    : { check: 'node', state: 'ok', text: `Node.js ${version} on ${process.platform} ${process.arch}` };
}

async function diskSymptom(folder: string): Promise<Symptom> {
  const { bavail, bsize, blocks } = await statfs(folder);
  return judgeDisk(bavail * bsize, blocks * bsize);
}

/** `free` and `size` in bytes. A full volume stops PostgreSQL. */
export function judgeDisk(free: number, size: number): Symptom {
  const text = `${(free / GIGABYTE).toFixed(1)} GB of ${(size / GIGABYTE).toFixed(1)} GB are free`;
  if (free < GIGABYTE / 4) return { check: 'disk', state: 'fail', text: `${text}: too little to go on writing` };
  const isLow = free < GIGABYTE || free < size / 20;
  return { check: 'disk', state: isLow ? 'warn' : 'ok', text };
}

/** The folder itself may be passed through; what is private in it must be closed to others. */
async function permissionSymptoms(dataDir: string): Promise<Symptom[]> {
  if (process.platform === 'win32') return [];
  const open: string[] = [];
  for (const [path, allowed] of [
    [dataDir, 0o755],
    [join(dataDir, 'secrets.json'), 0o600],
    [join(dataDir, 'postgres'), 0o700],
    [join(dataDir, 'run'), 0o700],
  ] as const) {
    const found = await stat(path).catch(() => undefined);
    if (found && (found.mode & 0o777 & ~allowed) !== 0) open.push(`${path} (${(found.mode & 0o777).toString(8)})`);
  }
  return open.length === 0
    ? [{ check: 'permissions', state: 'ok', text: `${dataDir}: passwords, data and socket are closed to others` }]
    : [{ check: 'permissions', state: 'fail', text: `open to others: ${open.join(', ')}. Close them with chmod.` }];
}
