// The programs that the proofs need, from Debian's packages, and the processes started from them.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const packages = ['postgresql', 'patroni', 'etcd-server', 'pgbouncer', 'python3-psycopg2', 'python3-etcd'];
const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin'];
const find = (name) => folders.map((folder) => join(folder, name)).find(existsSync);

/** The folder of PostgreSQL's programs; the newest version if there are several. */
function postgresPrograms() {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(base, version, 'bin')).find((bin) => existsSync(join(bin, 'postgres')));
}

/** Installs missing programs and returns all paths; if that fails, prints the reason and returns undefined. */
export function findPrograms() {
  if (process.getuid?.() !== 0) return give('This proof starts PostgreSQL under its own account: run it as root.');
  const all = () => ({
    etcd: find('etcd'),
    patroni: find('patroni'),
    pgbouncer: find('pgbouncer'),
    bin: postgresPrograms(),
  });
  const isComplete = (found) => Object.values(found).every(Boolean);
  if (!isComplete(all()) && find('apt-get')) {
    console.log(`Installing ${packages.join(', ')} ...`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update'], { stdio: 'ignore', env });
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { stdio: 'ignore', env });
  }
  const found = all();
  if (!isComplete(found))
    return give(`This proof needs Debian's packages ${packages.join(', ')}; they could not be installed.`);
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { ...found, account: { uid: id('-u'), gid: id('-g') } };
}

function give(sentence) {
  console.log(sentence);
  return undefined;
}

const started = new Set();

/** Starts a program with its output in a log file; `endAll` ends it. */
export function run(command, args, { log, ...options }) {
  const out = openSync(log, 'a');
  const child = spawn(command, args, { cwd: '/', stdio: ['ignore', out, out], ...options });
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
}

/** Ends all programs that `run` started, the last one first. */
export async function endAll() {
  for (const child of [...started].reverse()) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await Promise.race([ended, pause(15_000)]);
    child.kill('SIGKILL');
  }
}

/** A TCP port that is free now. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Calls `ask` until it returns something truthy; throws after the given number of seconds. */
export async function until(what, seconds, ask) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await Promise.resolve()
      .then(ask)
      .catch(() => undefined);
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s.`);
    await pause(50);
  }
}
