import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from '../database/connection.ts';
import { operatorError } from '../operator-error.ts';
import type { PlainLog } from '../plain-log.ts';
import { pause } from '../time/wait.ts';
import type { Binaries } from './binaries.ts';
import type { Launcher } from './launcher.ts';
import type { Layout } from './layout.ts';
import { defuseLocks, holderOf, readLock } from './postmaster.ts';
import { probe } from './probe.ts';
import type { Settings } from './settings.ts';
import { settingsText, writeSettings } from './settings.ts';

/** Everything needed to start and stop one cluster. */
export interface ClusterContext {
  readonly layout: Layout;
  readonly binaries: Binaries;
  readonly launcher: Launcher;
  readonly superuser: Connection;
  readonly settings: Settings;
  readonly log: PlainLog;
  /** Maximum time for a start in ms; replaying 1 GB of WAL takes about 10 s. */
  readonly limit: number;
}

/** A running server; `adopted` if another process had started it. */
export interface Running {
  readonly adopted: boolean;
  readonly version: string;
}

/** Makes sure our server runs, adopting a running one or starting it; waits while it recovers. */
export async function ensureRunning(context: ClusterContext, cancelled: () => boolean = () => false): Promise<Running> {
  const deadline = Date.now() + context.limit;
  let started = false;
  let lastReason = '';
  for (;;) {
    const found = await probe(context.layout, context.superuser);
    if (found.state === 'ours') return { adopted: !started, version: found.version };
    if (found.state === 'unready') lastReason = found.reason;
    else {
      const attempt = await startIfAbsent(context);
      if (attempt === 'started') started = true;
      else lastReason = attempt;
    }
    if (cancelled() || Date.now() > deadline) throw startTimedOut(context, lastReason);
    await pause(100);
  }
}

function startTimedOut({ layout, limit }: ClusterContext, last: string): Error {
  return operatorError(
    `The database in ${layout.cluster} was not ready within ${Math.round(limit / 1000)} seconds: ${last}. ` +
      'If it is still recovering, start again in a minute; its log is in ' +
      `${join(layout.cluster, 'log')}.`,
  );
}

/**
 * Start errors that go away by themselves: another process is starting the server (it may just be writing its lock
 * file, or removing the old one), or the old server is still shutting down.
 */
const TRANSIENT_ERRORS =
  /lock file .* (?:already exists|is empty)|could not (?:open|read|remove old) lock file|pre-existing shared memory|still in use|did not start in time|in use/i;

async function startIfAbsent(context: ClusterContext): Promise<string> {
  const { layout, launcher, settings, superuser } = context;
  const lock = await readLock(layout);
  const holder = lock ? await holderOf(lock, layout, launcher.account) : 'nobody';
  if (lock && holder === 'ours') return `its process ${lock.pid} does not answer yet`;
  if (lock && holder === 'unknown') {
    return (
      `process ${lock.pid} may be its server, but this user is not allowed to inspect it; if it is not, ` +
      `remove ${join(layout.cluster, 'postmaster.pid')}`
    );
  }
  await defuseLocks(layout, launcher.account);
  await writeSettings(layout.cluster, settingsText(layout, superuser.port ?? 0, settings), launcher);
  return await start(context);
}

async function start({ layout, binaries, launcher, log }: ClusterContext): Promise<string> {
  log.info(`Starting the database in ${layout.cluster}.`);
  // A separate log for each attempt, so that its messages are not confused with earlier ones.
  const startLog = join(layout.run, `start-${process.pid}.log`);
  await rm(startLog, { force: true });
  const args = ['start', '-w', '-t', '60', '-s', '-D', layout.cluster, '-l', startLog];
  const { code, output } = await launcher.run(binaries.pgCtl, args);
  const startOutput = `${output}\n${await readFile(startLog, 'utf8').catch(() => '')}`.trim();
  await rm(startLog, { force: true });
  if (code === 0) return 'started';
  if (TRANSIENT_ERRORS.test(startOutput)) return startOutput.slice(-500);
  throw operatorError(`The database in ${layout.cluster} could not be started: ${startOutput.slice(-2000)}`);
}

/**
 * Stops our server in fast mode (open transactions are rolled back) and waits for its end. Never signals a process that
 * is not proven to be ours.
 */
export async function stopServer({ layout, binaries, launcher, log }: ClusterContext): Promise<void> {
  const lock = await readLock(layout);
  const holder = lock ? await holderOf(lock, layout, launcher.account) : 'nobody';
  if (!lock || holder === 'nobody' || holder === 'stranger') return;
  const args = ['stop', '-w', '-t', '60', '-s', '-m', 'fast', '-D', layout.cluster];
  const { code, output } = await launcher.run(binaries.pgCtl, args);
  if (code !== 0) log.warn(`The database did not stop within a minute: ${output.trim()}`);
}
