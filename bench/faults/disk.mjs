// Proves that a full disk only pauses the embedded database: fills a small disk again and again under load. Needs root,
// to mount a disk in memory.
//   npm run prove:disk [-- --rounds 4 --megabytes 512]
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readOptions } from '../options.mjs';
import { until } from './programs.mjs';
import { command, startSenders, startServer } from './servers.mjs';

const values = readOptions({ rounds: 4, megabytes: 512 });
/** The time in seconds from when the disk has space again to the first accepted lead. */
const allowed = 5;
const megabyte = 1024 * 1024;

const disk = mkdtempSync(join(tmpdir(), 'leadwell-disk-'));
chmodSync(disk, 0o755);
const mount = ['-t', 'tmpfs', '-o', `size=${values.megabytes}m,mode=755`, 'none', disk];
const isMounted = process.getuid?.() === 0 && spawnSync('mount', mount).status === 0;
try {
  if (isMounted) await prove();
  else console.log('This proof mounts a disk in memory, which only root may do.');
} finally {
  if (isMounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
}

async function prove() {
  const env = { DATA_DIR: join(disk, 'data'), DATABASE_URL: '' };
  const server = await startServer(env);
  try {
    const postmaster = () => readFileSync(join(env.DATA_DIR, 'postgres/postmaster.pid'), 'utf8').split('\n')[0];
    const first = postmaster();
    const senders = startSenders([server], server.token, 8);
    await until('Leads are accepted', 30, () => senders.acknowledged.length > 100);
    const times = [];
    for (let round = 0; round < values.rounds; round += 1)
      times.push(await fillAndFree({ server, senders, slowly: round % 2 === 0 }));
    await senders.stop();
    await report(env, { senders, times, isRestarted: postmaster() !== first });
  } finally {
    await server.stop();
  }
}

/** When filled slowly, leads are refused early; when filled at once, PostgreSQL itself runs out of space. */
async function fillAndFree({ server, senders, slowly }) {
  const filler = join(disk, 'filler');
  await fill(filler, slowly);
  await until('Leads are refused', 20, async () => (await fetch(`${server.url}/readyz`)).status === 503);
  // The server now frees its reserve, which is filled up as well.
  await pause(1500);
  await fill(join(disk, 'more'), false);
  await pause(1500);
  if (!(await fetch(`${server.url}/healthz`)).ok) throw new Error('The server does not answer.');
  const before = senders.acknowledged.length;
  for (const file of [filler, join(disk, 'more')]) rmSync(file);
  const began = Date.now();
  await until('Leads are accepted again', 30, () => senders.acknowledged.length > before);
  const seconds = (Date.now() - began) / 1000;
  console.log(`Filled ${slowly ? 'slowly' : 'at once'}: leads accepted ${seconds} s after there was space again.`);
  return seconds;
}

async function fill(path, slowly) {
  const file = await open(path, 'w');
  const block = Buffer.alloc(megabyte, 1);
  try {
    for (;;) {
      await file.write(block);
      const { bavail, bsize } = statfsSync(disk);
      if (slowly && bavail * bsize < 80 * megabyte) await pause(150);
    }
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  } finally {
    await file.close();
  }
}

async function report(env, { senders, times, isRestarted }) {
  const logs = join(env.DATA_DIR, 'postgres/log');
  const panics = readdirSync(logs).flatMap((name) => readFileSync(join(logs, name), 'utf8').match(/PANIC.*/g) ?? []);
  const isStopped = isRestarted || panics.length > 0;
  const { ok } = JSON.parse((await command(env, 'verify', '--json')).stdout);
  const kept = await storedPhones(env);
  const lost = senders.acknowledged.filter((phone) => !kept.has(phone));
  const { acknowledged, refused, wrong, slowest } = senders;
  console.log(`${acknowledged.length} leads acknowledged, ${lost.length} lost; books in order: ${ok}`);
  console.log(
    `${refused} told to come back (503), slowest answer ${Math.round(slowest)} ms, ${wrong.length} wrong answers`,
  );
  console.log(`PostgreSQL ${isStopped ? `stopped: ${panics.slice(0, 2)}` : 'never stopped'}`);
  if (wrong.length > 0) console.log(wrong.slice(0, 3));
  const isProved = ok && lost.length + wrong.length === 0 && !isStopped && Math.max(...times) <= allowed;
  console.log(isProved ? 'Proved.' : 'FAILED');
  process.exitCode = isProved ? 0 : 1;
}

async function storedPhones({ DATA_DIR }) {
  const { openPlace } = await import('../../dist/store.js');
  const { openDatabase } = await import('../../dist/platform/database/database.js');
  const place = await openPlace({ dataDir: DATA_DIR });
  const owner = await openDatabase(place.owner, { asOwner: true });
  try {
    const rows = await owner.global((tx) => tx.query('select right(phone, 10) as phone from leads'));
    return new Set(rows.map(({ phone }) => phone));
  } finally {
    await owner.close();
    await place.close();
  }
}
