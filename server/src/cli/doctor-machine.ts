import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { readStartReport, type StartReport } from '../platform/start-report.ts';
import { keyFileIn } from '../secrets/key-file.ts';
import type { CheckResult } from './check-result.ts';

const MIN_NODE = [20, 19] as const;
const GIGABYTE = 1024 ** 3;
/** A server with an existing database should be ready within this time. */
const READY_MS = 3_000;

/** Checks that need no database: Node.js and the data folder. */
export async function checkMachine(config: Config): Promise<CheckResult[]> {
  const started = await readStartReport(config.dataDir);
  const results = [checkNode(process.versions.node), ...(started ? [rateStart(started)] : [])];
  if (config.databaseUrl) return results;
  const found = await stat(config.dataDir).catch(() => undefined);
  if (!found) return results;
  return [...results, await checkDisk(config.dataDir), ...(await checkPermissions(config.dataDir))];
}

function checkNode(version: string): CheckResult {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1]);
  return isOld
    ? {
        check: 'node',
        state: 'fail',
        text: `Node.js ${version} is too old; version ${MIN_NODE.join('.')} or newer is needed.`,
      }
    : { check: 'node', state: 'ok', text: `Node.js ${version} on ${process.platform} ${process.arch}` };
}

/**
 * Reports how long the last start took, in total and step by step. The first start takes longer, because it creates
 * the database.
 */
export function rateStart({ at, existing, ms, steps }: StartReport): CheckResult {
  const seconds = (duration: number) => `${(duration / 1000).toFixed(1)} s`;
  const parts = steps.map((step) => `${step.name} ${seconds(step.ms)}`).join(', ');
  const first = existing ? '' : ', which created the database';
  const text = `the last start, ${at}${first}, took ${seconds(ms)}: ${parts}`;
  return { check: 'start', state: existing && ms > READY_MS ? 'warn' : 'ok', text };
}

async function checkDisk(folder: string): Promise<CheckResult> {
  const { bavail, bsize, blocks } = await statfs(folder);
  return rateDisk(bavail * bsize, blocks * bsize);
}

/** `free` and `size` are in bytes. PostgreSQL stops when the disk is full. */
export function rateDisk(free: number, size: number): CheckResult {
  const text = `${(free / GIGABYTE).toFixed(1)} GB of ${(size / GIGABYTE).toFixed(1)} GB free`;
  if (free < GIGABYTE / 4) return { check: 'disk', state: 'fail', text: `${text}: too little to keep running` };
  const isLow = free < GIGABYTE || free < size / 20;
  return { check: 'disk', state: isLow ? 'warn' : 'ok', text };
}

/** Others may enter the data folder itself, but must not read the private files in it. */
async function checkPermissions(dataDir: string): Promise<CheckResult[]> {
  if (process.platform === 'win32') return [];
  const open: string[] = [];
  for (const [path, allowed] of [
    [dataDir, 0o755],
    [join(dataDir, 'secrets.json'), 0o600],
    [keyFileIn(dataDir), 0o600],
    [join(dataDir, 'postgres'), 0o700],
    [join(dataDir, 'run'), 0o700],
  ] as const) {
    const found = await stat(path).catch(() => undefined);
    if (found && (found.mode & 0o777 & ~allowed) !== 0) open.push(`${path} (${(found.mode & 0o777).toString(8)})`);
  }
  return open.length === 0
    ? [{ check: 'permissions', state: 'ok', text: `${dataDir}: passwords, data and socket are private` }]
    : [{ check: 'permissions', state: 'fail', text: `accessible to others: ${open.join(', ')}. Fix with chmod.` }];
}
