import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { projectRoot } from '../src/platform/project-root.ts';
import { type RunningServer, runServer } from './running-server.ts';

/** `CRASH_KILLS=200 npm run crash` runs the long version. */
const kills = Number(process.env['CRASH_KILLS'] ?? 4);
const clients = 16;
const run = promisify(execFile);
const dataDir = await mkdtemp(join(tmpdir(), 'leadwell-crash-'));
let server: RunningServer | undefined;

afterAll(async () => {
  server?.child.kill('SIGTERM');
  await server?.ended;
  await rm(dataDir, { recursive: true, force: true });
});

type Send = (url: string, token: string, n: number) => Promise<Response>;
const json = (body: unknown, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
const email = (n: number) => `crash${n}@example.com`;
const mobile = (n: number) => `0${7_400_000_000 + n}`;

/** For each dialect, how to send a new person, and whether the reply means success. */
const dialects: Record<string, { send: Send; accepted: (body: string) => boolean }> = {
  getlead: {
    send: (url, token, n) =>
      fetch(
        `${url}/api/gl-website-contacts?token=${token}&countrycode=44&mobileno=${mobile(n)}&source=Crash&email=${email(n)}`,
      ),
    accepted: (body) => body.includes('"success"'),
  },
  ispcrm: {
    send: (url, token, n) =>
      fetch(
        `${url}/api/v1/subscriber/CreateLead`,
        json({ name: `Crash ${n}`, email: email(n), phone: mobile(n) }, { authorization: `Bearer ${token}` }),
      ),
    accepted: (body) => body.includes('"success":true'),
  },
  crmcom: {
    send: (url, token, n) =>
      fetch(
        `${url}/crmapi/rest/v2/leads/create`,
        json({
          token,
          importance: 'IMPORTANCE1',
          priority: '1',
          type_identifier: { name: 'Sales' },
          contact_email: email(n),
          contact_phone: mobile(n),
          contact_information: { type: 'PERSON', first_name: 'Crash', last_name: String(n) },
          source: { type: 'OTHER', name: 'Crash' },
        }),
      ),
    accepted: (body) => body.includes('"code":"OK"'),
  },
  dialler: {
    send: (url, token, n) =>
      fetch(
        `${url}/lead/add?key=${token}`,
        json({ first_name: 'Crash', surname: String(n), mobile: mobile(n), email: email(n), type: 'Sales' }),
      ),
    accepted: (body) => body.includes('"processed":true'),
  },
  overplane: {
    send: (url, token, n) =>
      fetch(
        `${url}/api/crm/lead`,
        json({ first_name: 'Crash', email_id: email(n) }, { authorization: `Bearer ${token}` }),
      ),
    accepted: (body) => body.includes('"id":"lead_'),
  },
};

test(`${kills} kills under load neither lose nor duplicate acknowledged leads; the data stays consistent`, async () => {
  server = await runServer(dataDir);
  const tokens = tokensIn(server.words);
  const native = /Bearer (lw_\w+)'\s*$/m.exec(server.words)?.[1] ?? '';
  const acknowledged = new Set<number>();
  const starts: number[] = [];
  let next = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const load = Promise.all(Array.from({ length: clients }, () => client(server?.url ?? '')));
    await until(() => acknowledged.size >= (kill + 1) * 60 + Math.floor(Math.random() * 200));
    const postmaster =
      kill % 4 === 3 ? Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]) : 0;
    server.child.kill('SIGKILL');
    if (postmaster) process.kill(postmaster, 'SIGKILL');
    await load;
    const began = performance.now();
    server = await runServer(dataDir);
    starts.push(performance.now() - began);
  }
  const found = await emails(server.url, native);
  const lost = [...acknowledged].filter((n) => !found.has(email(n)));
  const doubled = [...found].filter(([, times]) => times > 1);
  expect(acknowledged.size).toBeGreaterThan(kills * 50);
  expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
  const { stdout } = await run(process.execPath, [join(projectRoot(), 'bin/leadwell.js'), 'verify', '--json'], {
    env: { ...process.env, DATA_DIR: dataDir },
  });
  expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  expect(Math.max(...starts)).toBeLessThan(10_000);

  /** Sends one request after another through all dialects until the server is gone. */
  async function client(url: string): Promise<void> {
    while (await one(url));
  }

  /** Sends one request. False once the server is gone or stopping. */
  async function one(url: string): Promise<boolean> {
    next += 1;
    const n = next;
    const [name, dialect] = Object.entries(dialects)[n % 5] as [string, (typeof dialects)[string]];
    const answered = await dialect.send(url, tokens.get(name) ?? '', n).catch(() => undefined);
    const body = await answered?.text().catch(() => undefined);
    if (!answered || body === undefined || answered.status === 503) return false;
    if (!dialect.accepted(body)) throw new Error(`${name}: ${answered.status} ${body}`);
    acknowledged.add(n);
    return true;
  }
}, 600_000);

function tokensIn(words: string): Map<string, string> {
  const names = Object.keys(dialects);
  const tokens = words.match(/(gl|sk|lw)_[0-9a-f]{64}/g) ?? [];
  return new Map(names.map((name, at) => [name, tokens[at] ?? '']));
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setImmediate(resolve));
}

/** Every email address in the store, with the number of leads that have it. */
async function emails(url: string, token: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  let cursor = '';
  do {
    const page = await fetch(`${url}/v1/leads?limit=200${cursor && `&cursor=${cursor}`}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { data, next_cursor } = (await page.json()) as { data: { email: string }[]; next_cursor: string | null };
    for (const lead of data) found.set(lead.email, (found.get(lead.email) ?? 0) + 1);
    cursor = next_cursor ?? '';
  } while (cursor);
  return found;
}
