import { brotliCompressSync, brotliDecompressSync, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { hashPassword } from '../src/workspaces/access/passwords.ts';
import { addMember } from '../src/workspaces/members/member-store.ts';
import { client, testWorld } from './world.ts';

const world = await testWorld();
const PASSWORD = 'Canary-Password-91!';
const owner = await hashPassword(PASSWORD);
await world.database.tx(world.workspaceId, (tx) =>
  addMember(tx, { email: 'ann@example.com', username: 'ann', name: 'Ann', role: 'agent', password_hash: owner }),
);
const token = (dialect: string) => world.tokens.get(dialect) ?? '';
const secrets = new Set<string>([PASSWORD, ...world.tokens.values()]);
const answers: string[] = [];

async function send(
  url: string,
  payload?: unknown,
  headers: Record<string, string> = {},
  method: 'GET' | 'POST' = 'POST',
) {
  const reply = await world.app.inject({
    method,
    url,
    headers: { 'content-type': 'application/json', ...headers },
    ...(payload !== undefined && { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
  });
  answers.push(reply.body);
  return reply;
}

/** Everything stored, as text, including bytes. */
async function everythingStored(): Promise<string> {
  const tables = await world.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace",
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await world.query<{ text: string }>(`SELECT row_to_json(t)::text AS text FROM ${name} t`);
    texts.push(...rows.map((row) => row.text));
  }
  const bodies = await world.query<{ text: string }>(
    "SELECT encode(body, 'escape') AS text FROM submissions WHERE body IS NOT NULL",
  );
  return [...texts, ...bodies.map((row) => row.text)].join('\n');
}

test('no token or password is stored anywhere, however it was sent', async () => {
  const gl = token('getlead');
  const lead = 'countrycode=91&mobileno=9876543210&source=x';
  await send(`/api/gl-website-contacts?token=${gl}&${lead}`);
  await send('/api/gl-website-contacts', {
    token: gl,
    countrycode: '91',
    mobileno: '9876543211',
    source: 'x',
    echo: gl,
  });
  await send(`/api/gl-website-contacts?${lead}`, `{"token":"gl\\u005f${gl.slice(3)}"}`);
  await send(`/api/gl-website-contacts?${lead}`, `token=${gl}`, {
    'content-type': 'application/x-www-form-urlencoded',
  });
  await send(`/api/gl-department-vise-agent-assign/${gl}?SourceNumber=4234000000&department=Sales`);
  await send(`/api/gl-website-contacts?token=%67%6c_${gl.slice(3)}&${lead}`, undefined, {
    referer: `https://x.test/?token=${gl}`,
  });
  await send(`/api/nowhere?token=${gl}`);
  await send(
    '/api/v1/subscriber/CreateLead',
    { name: 'A', email: 'a@b.com', phone: '1', remarks: token('ispcrm') },
    { authorization: `Bearer ${token('ispcrm')}` },
  );
  await send('/api/v1/subscriber/CreateLead', '{broken', {
    authorization: `bearer ${token('ispcrm')}`,
    cookie: `t=${token('ispcrm')}`,
  });
  await send(`/lead/add?key=${token('dialler')}`, '{"first_name":"x",}');
  await send(
    '/api/crm/lead',
    { lead_name: 'x' },
    { authorization: `Basic ${Buffer.from(`${token('overplane')}:`).toString('base64')}` },
  );
  await send(
    '/v1/leads',
    { name: 'x', custom: { note: token('native') } },
    { authorization: `Bearer ${token('native')}` },
  );
  const crm = '/crmapi/rest/v2';
  await send(`${crm}/authentication/token`, { username: 'ann', password: 'Wrong-Canary-77!', organisation: 'default' });
  await send(`${crm}/authentication/token`, `{"username":"ann","password":"${PASSWORD}",`);
  const signedIn = await send(`${crm}/authentication/token`, {
    username: 'ann',
    password: PASSWORD,
    organisation: 'default',
  });
  const session = signedIn.json().data.token as string;
  const byKey = await send(`${crm}/authentication/web_api_key/token`, undefined, {
    authorization: `Basic ${Buffer.from(`${token('crmcom')}:`).toString('base64')}`,
  });
  answers.splice(-3);
  for (const secret of [session, byKey.json().data.token, 'Wrong-Canary-77!']) secrets.add(secret);
  await send(`${crm}/leads/show?token=${session}&lead_identifier=number=1`, undefined, {}, 'GET');
  await send(`${crm}/leads/create`, { token: session, importance: 'x' });
  await send(`${crm}/authentication/token/release`, { token: session });

  const stored = await everythingStored();
  const leaked = [...secrets].filter((secret) => stored.includes(secret) || stored.includes(secret.slice(4)));
  expect(leaked).toEqual([]);
  expect(answers.filter((answer) => [...secrets].some((secret) => answer.includes(secret)))).toEqual([]);
});

test('secrets of webhooks and of authenticator apps are stored only in encrypted form', async () => {
  const asOwner = client(world, { cookie: await world.signIn(world.ownerId) });
  const hook = await asOwner('POST', '/webhooks', { url: 'https://hooks.example.com/', events: ['*'] });
  const rotated = await asOwner('POST', `/webhooks/${hook.body.id}/rotate`, { overlap_hours: 24 });
  const [ann] = await world.query<{ id: string }>("SELECT id FROM members WHERE username = 'ann'");
  const asAnn = client(world, { cookie: await world.signIn(ann?.id ?? '') });
  const app = await asAnn('POST', '/me/totp', { password: PASSWORD });
  const shown: string[] = [hook.body.secret, rotated.body.secret, app.body.secret];
  const stored = await everythingStored();
  for (const secret of shown) {
    expect(stored).not.toContain(secret.replace('whsec_', ''));
    expect(stored).not.toContain(Buffer.from(secret.replace('whsec_', ''), 'base64').toString('hex'));
    expect(stored).not.toContain(Buffer.from(secret).toString('hex'));
  }
});

test('no token or password is stored that was sent compressed, encoded or in a password field', async () => {
  const gl = token('getlead');
  const isp = { authorization: `Bearer ${token('ispcrm')}` };
  const native = { authorization: `Bearer ${token('native')}` };
  const createLead = '/api/v1/subscriber/CreateLead';
  const person = { name: 'A', email: 'a@b.com', phone: '1' };
  for (const secret of ['Hidden-Canary-1!', 'Hidden-Canary-2!', 'Hidden-Canary-3!', 'Hidden-Canary-4!'])
    secrets.add(secret);
  const packed = JSON.stringify({ ...person, remarks: token('ispcrm'), user_password: 'Hidden-Canary-1!' });
  for (const [encoding, bytes] of [
    ['gzip', gzipSync(packed)],
    ['deflate', deflateSync(packed)],
    ['br', brotliCompressSync(packed)],
  ] as const)
    for (const url of [createLead, '/v1/leads'])
      await world.app.inject({
        method: 'POST',
        url,
        payload: bytes,
        headers: {
          ...(url === createLead ? isp : native),
          'content-type': 'application/json',
          'content-encoding': encoding,
        },
      });
  const lines = Buffer.from(`x:${token('ispcrm')}`)
    .toString('base64')
    .replace(/.{20}/g, '$&\n');
  const entities = [...token('ispcrm')].map((char) => `&#${char.charCodeAt(0)};`).join('');
  await send(createLead, { ...person, remarks: lines, extra: entities }, isp);
  await send(createLead, { ...person, password: 'Hidden-Canary-2!' }, isp);
  await send(`${createLead}?password=Hidden-Canary-2!`, person, isp);
  await send('/v1/leads?password=Hidden-Canary-3!', { name: 'x', password: 'Hidden-Canary-3!' }, native);
  await send(
    `/api/gl-website-contacts?token=${gl}&countrycode=91&mobileno=9876543219&source=x&Password=Hidden-Canary-4!`,
  );
  const crm = '/crmapi/rest/v2';
  await send(
    `${crm}/authentication/token?username=ann&password=Hidden-Canary-4!&organisation=default`,
    undefined,
    {},
    'GET',
  );
  await send(`${crm}/leads/list?token=${token('crmcom')}&password=Hidden-Canary-4!`, undefined, {}, 'GET');

  const stored = await everythingStored();
  const packedBodies = await world.query<{ body: Buffer; encoding: string }>(
    "SELECT body, headers ->> 'content-encoding' AS encoding FROM submissions WHERE headers ->> 'content-encoding' IS NOT NULL",
  );
  expect(packedBodies).toHaveLength(6);
  const open = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync };
  const opened = packedBodies.map(({ body, encoding }) => open[encoding as keyof typeof open](body).toString());
  for (const text of opened) expect(text).toContain('"remarks":"');
  const everything = [stored, ...opened].join('\n').replace(/\\n|\s/g, '');
  const spellings = [...secrets, lines.replaceAll('\n', ''), entities];
  expect(spellings.filter((secret) => everything.includes(secret.slice(4)))).toEqual([]);
  expect(answers.filter((answer) => [...secrets].some((secret) => answer.includes(secret)))).toEqual([]);
});

test('every answered request of a known caller has exactly one submission', async () => {
  // A request that could not be stored as it ended would be stored as failed.
  const count = async () => (await world.query("SELECT 1 FROM submissions WHERE outcome <> 'failed'")).length;
  const before = await count();
  const requests: [string, string, object | undefined, 'GET' | 'POST'][] = [
    ['ispcrm', '/api/v1/subscriber/CreateLead', {}, 'POST'],
    ['ispcrm', '/api/v1/subscriber/nowhere', undefined, 'GET'],
    ['overplane', '/api/crm/lead', { lead_name: 'y' }, 'POST'],
    ['overplane', '/api/crm/lead?limit=0', undefined, 'GET'],
    ['overplane', '/api/crm/lead', undefined, 'GET'],
    ['native', '/v1/leads', { nonsense: 1 }, 'POST'],
    ['native', '/v1/leads', { name: 'z' }, 'POST'],
  ];
  for (const [dialect, url, payload, method] of requests)
    await send(url, payload, { authorization: `Bearer ${token(dialect)}` }, method);
  expect(await count()).toBe(before + requests.length);
  await send('/api/crm/lead', { lead_name: 'stranger' }, { authorization: 'Bearer sk_unknown' });
  expect(await count()).toBe(before + requests.length);
});
