import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFolder } from '../../test/clusters.ts';
import { type Ended, runProgram, startProgram } from '../../test/command-line.ts';
import { runCommand } from '../../test/run-command.ts';
import { startCluster } from '../platform/postgres/cluster.ts';
import { poll } from '../platform/time/wait.ts';
import type { CheckResult } from './check-result.ts';

let [folder, dataDir]: [string, string] = ['', ''];
beforeAll(async () => {
  folder = await openFolder();
  dataDir = join(folder, 'data');
});
let server: ChildProcess | undefined;
afterAll(async () => {
  // Left over from a failed test.
  server?.kill('SIGKILL');
  for (const left of [join(folder, 'data'), join(folder, 'second')])
    if (existsSync(join(left, 'postgres', 'postmaster.pid'))) await (await startCluster({ dataDir: left })).stop();
  await rm(folder, { recursive: true, force: true });
});

const leadwell = (...args: string[]) => runCommand({ DATA_DIR: dataDir }, args);
/** Runs a command that must succeed and returns its JSON output. */
const json = async (...args: string[]) => parsed(await leadwell(...args, '--json'));
/** The same in a process of its own, as users run it; for a few commands, since starting it takes long. */
const jsonOfProgram = async (...args: string[]) => parsed(await runProgram({ DATA_DIR: dataDir }, [...args, '--json']));

function parsed({ code, stdout, stderr }: Ended) {
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

/** Starts the server and waits until it is ready; `ended` resolves with its exit code. */
async function serve() {
  const child = startProgram({ DATA_DIR: dataDir, PORT: '0' }, ['serve']);
  server = child;
  let said = '';
  child.stdout?.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr?.resume();
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = await poll(() => /Leadwell is ready: (\S+)/.exec(said)?.[1], 60_000);
  return { server: child, url, ended };
}

/** Keeps the database running, so that commands need not start it each time. */
async function held(work: () => Promise<void>): Promise<void> {
  const cluster = await startCluster({ dataDir });
  await work().finally(() => cluster.stop());
}

test('an installation can be set up and maintained by commands alone', { timeout: 120_000 }, async () => {
  const token = await jsonOfProgram(
    'token',
    'create',
    '--dialect',
    'getlead',
    '--policy',
    'create',
    '--name',
    'Site',
    '--test-mode',
  );
  expect(token).toMatchObject({
    token: expect.stringMatching(/^gl_[0-9a-f]{64}$/),
    workspace: 'default',
    id: expect.stringMatching(/^token_[0-9a-z]{26}$/),
    policy: 'create',
    test_mode: true,
  });
  await held(() => lookAfter(token));
  const { symptoms } = await json('doctor');
  // Only the version of the embedded PostgreSQL may be out of date.
  expect(symptoms.filter(({ state, check }: CheckResult) => state !== 'ok' && check !== 'version')).toEqual([]);
  expect(symptoms).toContainEqual(
    expect.objectContaining({ check: 'session', state: 'ok', text: expect.stringContaining('runs as leadwell_app') }),
  );
  expect(symptoms.at(-1)).toMatchObject({ check: 'server', text: 'not running' });
  await expect(stat(join(dataDir, 'postgres', 'postmaster.pid'))).rejects.toThrow(/ENOENT/);
});

async function lookAfter(token: { id: string; token: string }): Promise<void> {
  const plain = await leadwell('token', 'create', '--dialect', 'native', '--scope', 'read,write', '--scope', 'calls');
  expect(plain.stdout).toMatch(/^lw_[0-9a-f]{64}\n$/);
  const listed = await leadwell('token', 'list', '--json');
  expect(JSON.parse(listed.stdout)).toMatchObject([
    { name: 'Site' },
    { dialect: 'native', scopes: ['read', 'write', 'calls'] },
  ]);
  expect(listed.stdout).not.toContain(token.token);
  expect(await json('token', 'revoke', token.id)).toEqual({ id: token.id, revoked: true });
  expect(await leadwell('token', 'revoke', token.id)).toMatchObject({ code: 1, stdout: '' });

  await json('workspace', 'create', '--name', 'Acme', '--region', 'IN');
  expect(await leadwell('workspace', 'create', '--name', 'ACME')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('already'),
  });
  expect(await json('workspace', 'list')).toMatchObject([
    { name: 'default' },
    { name: 'Acme', region: 'IN', leads: 0 },
  ]);
  const missing = await leadwell('token', 'list', '--workspace', 'Acne');
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringMatching(/^There is no workspace "Acne"\./) });

  const member = ['member', 'create', '--email', 'ann@example.com', '--role', 'admin', '--workspace', 'Acme'];
  const made = await runProgram({ DATA_DIR: dataDir }, [...member, '--password-stdin', '--json'], {
    input: 'correct horse\n',
  });
  expect(JSON.parse(made.stdout)).toMatchObject({ email: 'ann@example.com', role: 'admin', workspace: 'Acme' });
  expect(await leadwell(...member, '--password', 'correct horse')).toMatchObject({ code: 1 });
  expect(await json('member', 'list', '--workspace', 'Acme')).toMatchObject([
    { email: 'ann@example.com', active: true },
  ]);
  const alone = await leadwell('member', 'reset-2fa', 'ann@example.com', '--workspace', 'Acme');
  expect(alone).toMatchObject({ code: 1, stderr: expect.stringContaining('does not use two-step sign-in') });
  expect((await json('link')).link).toMatch(/^http:\/\/127\.0\.0\.1:4000\/welcome\/[\w-]{43}$/);
  expect(await json('migrate')).toEqual({ applied: [] });
  expect(await json('verify')).toMatchObject({ ok: true, differences: 0 });
}

test('commands take effect on a running server at once; only restore requires it to be stopped', async () => {
  const { server, url, ended } = await serve();
  const { token, id } = await jsonOfProgram('token', 'create', '--dialect', 'ispcrm');
  const send = (phone: string) =>
    fetch(`${url}/api/v1/subscriber/CreateLead`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Ann', email: 'ann@example.com', phone }),
    });
  expect((await send('07840258823')).status).toBe(200);
  const file = join(folder, 'backup.gz');
  expect((await jsonOfProgram('backup', file)).tables).toContainEqual(
    expect.objectContaining({ name: 'leads', rows: 1 }),
  );
  expect(await json('verify')).toMatchObject({ ok: true });
  await json('token', 'revoke', id);
  expect((await send('07840258824')).status).toBe(401);
  const { token: key } = await json('token', 'create', '--dialect', 'native', '--name', 'Reader');
  const log = await fetch(`${url}/v1/audit-log?limit=2`, { headers: { authorization: `Bearer ${key}` } });
  const { data } = (await log.json()) as { data: { actor: string; text: string }[] };
  expect(data.map(({ actor, text }) => [actor, text])).toEqual([
    ['cli', 'The command line created the token “Reader”.'],
    ['cli', 'The command line revoked the token “ispcrm token”.'],
  ]);
  const { symptoms } = await json('doctor');
  expect(symptoms.at(-1)).toMatchObject({ text: 'running' });
  const told = /took .* s: program .*, database .*, tables .*, services .*, web server /;
  expect(symptoms).toContainEqual(expect.objectContaining({ check: 'start', text: expect.stringMatching(told) }));
  expect(await leadwell('restore', file, '--force')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is running'),
  });
  server.kill('SIGTERM');
  expect(await ended).toBe(0);
}, 120_000);

test('a backup is restored over existing data and into a new folder', async () => {
  await held(restoreInPlace);
  dataDir = join(folder, 'second');
  expect(await jsonOfProgram('restore', join(folder, 'backup.gz'))).toMatchObject({ differences: 0, migrated: [] });
  expect(await workspaces()).toEqual([
    ['default', 1],
    ['Acme', 0],
  ]);
}, 120_000);

test('commands remove old records, and show and erase a person', () => held(lookAfterPeople), 120_000);

async function lookAfterPeople(): Promise<void> {
  expect(await json('retention', 'show')).toMatchObject({ accepted_days: 90, refused_days: 365, event_days: 90 });
  expect((await leadwell('retention', 'run')).stdout).toBe('Nothing was removed.\n');
  const who = ['--email', 'ANN@example.com'];
  expect(await json('person', 'show', ...who)).toMatchObject({
    emails: ['ann@example.com'],
    leads: [{ lead_name: 'Ann', phone: '+447840258823' }],
    complete: true,
  });
  expect(await leadwell('person', 'erase', ...who)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--yes'),
  });
  const { id, counts } = await json('person', 'erase', ...who, '--yes');
  expect(counts).toMatchObject({ leads: 1, requests: 1 });
  expect((await leadwell('person', 'show', ...who)).stdout).toBe('Nothing is held about this person.\n');
  expect(await json('erasure', 'list')).toMatchObject([{ id, state: 'done', actor: 'cli' }]);
  const outside = await readFile(join(dataDir, 'erasures.jsonl'), 'utf8');
  expect([outside.includes(id), /ann|7840258823/i.test(outside)]).toEqual([true, false]);
  // While starting, the server reconciles the erasures recorded in the database with those in the data folder.
  await rm(join(dataDir, 'erasures.jsonl'));
  const { server, ended } = await serve();
  expect(await readFile(join(dataDir, 'erasures.jsonl'), 'utf8')).toBe(outside);
  server.kill('SIGTERM');
  expect(await ended).toBe(0);
}

async function restoreInPlace(): Promise<void> {
  const file = join(folder, 'backup.gz');
  await json('workspace', 'create', '--name', 'Later');
  expect(await leadwell('restore', file)).toMatchObject({ code: 1, stderr: expect.stringContaining('not empty') });
  expect(await json('restore', file, '--force')).toMatchObject({ differences: 0 });
  expect(await workspaces()).toEqual([
    ['default', 1],
    ['Acme', 0],
  ]);
}

const workspaces = async () =>
  (await json('workspace', 'list')).map(({ name, leads }: { name: string; leads: number }) => [name, leads]);
