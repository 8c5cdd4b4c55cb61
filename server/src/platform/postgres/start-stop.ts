import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from '../database/connection.ts';
import { operatorError } from '../operator-error.ts';
import type { PlainLog } from '../plain-log.ts';
import { pause } from '../time/wait.ts';
import type { Binaries } from './binaries.ts';
import type { Launcher } from './launcher.ts';
import type { Layout } from './layout.ts';
import { defuseLocks, holderOf, lockedBy } from './postmaster.ts';
import { probe } from './probe.ts';
import type { Settings } from './settings.ts';
import { settingsText, writeSettings } from './settings.ts';

/** All that starting and stopping one cluster needs to know. */
export interface ClusterContext {
  readonly layout: Layout;
  readonly binaries: Binaries;
  readonly launcher: Launcher;
  readonly superuser: Connection;
  readonly settings: Settings;
  readonly log: PlainLog;
  /** How long a start may take, in ms; replaying 1 GB of WAL takes about 10 s. */
  readonly limit: number;
}

/** The server runs; `adopted` when somebody else had started it. */
export interface Running {
  readonly adopted: boolean;
  readonly version: string;
}

/** Makes sure that our server runs, by adopting a running one or by starting it; waits while it recovers. */
export async function ensureRunning(context: ClusterContext, cancelled: () => boolean = () => false): Promise<Running> {
  const deadline = Date.now() + context.limit;
  let started = false;
  let last = '';
  for (;;) {
    const found = await probe(context.layout, context.superuser);
    if (found.state === 'ours') return { adopted: !started, version: found.version };
    if (found.state === 'unready') last = found.reason;
    else {
      const attempt = await startIfAbsent(context);
      if (attempt === 'started') started = true;
      else last = attempt;
    }
    if (cancelled() || Date.now() > deadline) throw tooLate(context, last);
    await pause(100);
  }
}

function tooLate({ layout, limit }: ClusterContext, last: string): Error {
  return operatorError(
    `The database in ${layout.cluster} was not ready within ${Math.round(limit / 1000)} seconds: ${last}. ` +
      'If it is still recovering, start again in a minute; its log is in ' +
      `${join(layout.cluster, 'log')}.`,
  );
}

/** What a failed start may report while another process starts the same server or the old one is not quite gone. */
const PASSING = /lock file .* already exists|pre-existing shared memory|still in use|did not start in time|in use/i;

async function startIfAbsent(context: ClusterContext): Promise<string> {
  const { layout, launcher, settings, superuser } = context;
  const lock = await lockedBy(layout);
  const holder = lock ? await holderOf(lock, layout, launcher.account) : 'nobody';
  if (lock && holder === 'ours') return `its process ${lock.pid} does not answer yet`;
  if (lock && holder === 'unknown') {
    return (
      `process ${lock.pid} may be its server, and this user may not look at it; if it is not, ` +
      `remove ${join(layout.cluster, 'postmaster.pid')}`
    );
  }
  await defuseLocks(layout, launcher.account);
  await writeSettings(layout.cluster, settingsText(layout, superuser.port ?? 0, settings), launcher);
  return await start(context);
}

async function start({ layout, binaries, launcher, log }: ClusterContext): Promise<string> {
  log.info(`Starting the database in ${layout.cluster}.`);
  // A log of its own for each attempt, so that its words can be told from those of earlier ones.
  const startLog = join(layout.run, `start-${process.pid}.log`);
  await rm(startLog, { force: true });
  const args = ['start', '-w', '-t', '60', '-s', '-D', layout.cluster, '-l', startLog];
  const { code, output } = await launcher.run(binaries.pgCtl, args);
  const said = `${output}\n${await readFile(startLog, 'utf8').catch(() => '')}`.trim();
  await rm(startLog, { force: true });
  if (code === 0) return 'started';
  if (PASSING.test(said)) return said.slice(-500);
  throw operatorError(`The database in ${layout.cluster} could not be started: ${said.slice(-2000)}`);
}

/** Stops our server (fast: open transactions are rolled back) and waits for its end. Signals nothing not proven ours. */
export async function stopServer({ layout, binaries, launcher, log }: ClusterContext): Promise<void> {
  const lock = await lockedBy(layout);
  const holder = lock ? await holderOf(lock, layout, launcher.account) : 'nobody';
  if (!lock || holder === 'nobody' || holder === 'stranger') return;
  const args = ['stop', '-w', '-t', '60', '-s', '-m', 'fast', '-D', layout.cluster];
  const { code, output } = await launcher.run(binaries.pgCtl, args);
  if (code !== 0) log.warn(`The database did not stop within a minute: ${output.trim()}`);
}
