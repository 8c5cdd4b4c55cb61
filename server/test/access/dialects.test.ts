import { beforeAll, describe, expect, test } from 'vitest';
import { allDialects } from '../../src/dialects/all-dialects.ts';
import { ownerOf } from '../../src/dialects/mount/mounted-route.ts';
import { fromTypeId } from '../../src/platform/ids.ts';
import { PASSWORD, withPassword } from '../people.ts';
import { client, testWorld } from '../world.ts';
import { allows, commandLines, endpointLines, type Role, roles } from './table.ts';

const world = await testWorld();
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const members = new Map<Role, string>();
const BASE = '/crmapi/rest/v2';

beforeAll(async () => {
  for (const role of roles) members.set(role, await world.member({ role }));
  await owner('POST', '/reference/lost_reason', { name: 'Price' });
});

/** Sends a request to CRM.COM, which answers every refusal with HTTP 200 and a code. */
async function crmcom(path: string, payload: object) {
  const { body } = await world.app.inject({ method: 'POST', url: `${BASE}/${path}`, payload });
  const { status, data } = JSON.parse(body);
  return { code: status.code as string, message: status.message as string, data, text: body };
}

async function signIn(memberId: string, password = PASSWORD) {
  const username = await withPassword(world, memberId);
  return crmcom('authentication/token', { username, password, organisation: 'default' });
}

const ok = 'OK';
const forbidden = 'COM.CRM.EXCEPTION.AUTHENTICATION.ACTIONNOTALLOWEDEXCEPTION';
const contact = (first_name: string) => ({
  importance: 'IMPORTANCE3',
  priority: '3',
  type_identifier: { name: 'Sales' },
  source: { type: 'WEBSITE', name: 'Home page' },
  contact_email: `${first_name}@example.com`.toLowerCase(),
  contact_phone: '07700900123',
  contact_information: { type: 'PERSON', first_name, last_name: 'Doe' },
});

test('the table has a line for every endpoint, and an endpoint for every line', () => {
  const served = allDialects.flatMap(({ name, endpoints }) =>
    endpoints.flatMap(({ methods, path }) =>
      methods.map((method) => `${name} ${method} ${path.replace(/:(\w+)/g, '{$1}')}`),
    ),
  );
  expect(endpointLines.map(({ dialect, name }) => `${dialect} ${name}`).sort()).toEqual(served.sort());
});

test('everything else below a dialect’s paths is refused, even with a token', async () => {
  const known = new Set(endpointLines.map(({ name }) => name.replace(/\{(\w+)\}/g, ':$1')));
  const passed: string[] = [];
  for (const { method, url } of world.routes) {
    const dialect = ownerOf(url, allDialects);
    if (!dialect || known.has(`${method} ${url}`) || (method as string) === 'OPTIONS') continue;
    const token = world.tokens.get(dialect.name);
    const path = url.replace(':version', 'v2').replace(/:\w+|\*/g, 'x');
    const headers = { authorization: `Bearer ${token}` };
    const { statusCode } = await world.app.inject({ method, url: `${path}?token=${token}`, headers });
    if (![404, 405, 200].includes(statusCode)) passed.push(`${method} ${url} ${statusCode}`);
  }
  expect(passed).toEqual([]);
  expect(await world.query("SELECT 1 FROM submissions WHERE outcome <> 'refused'")).toEqual([]);
});

describe('signed in to CRM.COM by password', () => {
  test.each(roles)('a member with the role %s may do what the table says and nothing else', async (role) => {
    const { data } = await signIn(members.get(role) ?? '');
    const lead = (await owner('POST', '/leads', { name: 'Sample' })).body;
    const lead_identifier = { number: String(lead.number) };
    const bodies: Record<string, object> = {
      'leads/create': contact(`By ${role}`),
      'leads/show': { lead_identifier },
      'leads/list': {},
      'leads/update': { lead_identifier, description: `Changed by ${role}` },
      'leads/lost': { lead_identifier, lost_reason_identifier: { name: 'Price' } },
      'leads/mark_as_lost': { lead_identifier, lost_reason_identifier: { name: 'Price' } },
      'leads/cancel': { lead_identifier },
      'leads/configuration/statuses/list': { lead_type_identifier: { name: 'Sales' } },
      'leads/configuration/types/list': {},
    };
    const wrong: string[] = [];
    for (const line of endpointLines.filter((one) => one.name.startsWith('POST') && one.dialect === 'crmcom')) {
      const path = line.name.replace(/^.*\{version\}\//, '');
      const command = commandLines.find(({ name }) => name === line.command);
      if (!command || path.startsWith('authentication')) continue;
      const { code } = await crmcom(path, { token: data.token, ...bodies[path] });
      if ((code === forbidden) === allows(command, { role })) wrong.push(`${path} ${code}`);
    }
    expect(wrong).toEqual([]);
    const after = (await owner('GET', `/leads/${lead.id}`)).body;
    expect(after.description).toBe(role === 'viewer' ? null : `Changed by ${role}`);
  });

  test.each(['own', 'team'] as const)('an agent who sees %s reaches no other lead', async (visibility) => {
    const agentId = await world.member({ role: 'agent', visibility });
    const { data } = await signIn(agentId);
    const token: string = data.token;
    const hidden = (await owner('POST', '/leads', { name: 'Hidden Harriet', phone: `0770090080${visibility.length}` }))
      .body;
    const mine = (await owner('POST', '/leads', { name: 'Mine', owner: agentId })).body;
    const before = (await owner('GET', `/leads/${hidden.id}/timeline`)).text;
    const list = await crmcom('leads/list', { token });
    expect(list.code).toBe(ok);
    expect(list.text).not.toContain('Hidden');
    expect(list.text).toContain('Mine');
    for (const path of ['leads/show', 'leads/update', 'leads/cancel', 'leads/lost'])
      expect(
        await ofBoth(path, { token, description: 'x', lost_reason_identifier: { name: 'Price' } }, hidden.number),
      ).toEqual(await ofBoth(path, { token, description: 'x', lost_reason_identifier: { name: 'Price' } }, 999_999));
    const about = { token, ...contact('Cuckoo'), contact_information: { id: idOf(hidden.id) } };
    const unknown = { ...about, contact_information: { id: 'F'.repeat(32) } };
    expect((await crmcom('leads/create', about)).text).toBe((await crmcom('leads/create', unknown)).text);
    const moved = {
      token,
      lead_identifier: { number: String(mine.number) },
      contact_information: { id: idOf(hidden.id) },
    };
    expect((await crmcom('leads/update', moved)).text).not.toContain('Hidden');
    expect((await owner('GET', `/leads/${hidden.id}/timeline`)).text).toBe(before);
    expect(
      (await crmcom('leads/update', { token, lead_identifier: { number: String(mine.number) }, description: 'y' }))
        .code,
    ).toBe(ok);
  });

  test('a change to the member applies from the next request', async () => {
    const agentId = await world.member({ role: 'agent' });
    const { data } = await signIn(agentId);
    const token: string = data.token;
    expect((await crmcom('leads/create', { token, ...contact('First') })).code).toBe(ok);
    await owner('PATCH', `/members/${agentId}`, { role: 'viewer' });
    expect((await crmcom('leads/create', { token, ...contact('Second') })).code).toBe(forbidden);
    expect((await crmcom('leads/list', { token })).text).toContain('First');
    await owner('PATCH', `/members/${agentId}`, { visibility: 'own' });
    expect((await crmcom('leads/list', { token })).data).toEqual(
      (await crmcom('leads/list', { token, limit: 1 })).data,
    );
    expect((await crmcom('leads/list', { token })).text).not.toContain('First');
    // Directly in the database, because the route would also end the member's sessions.
    await world.query('UPDATE members SET active = false WHERE id = $1', [agentId]);
    await world.parts.changed(world.workspaceId);
    expect((await crmcom('leads/list', { token })).message).toBe('The token was released.');
  });

  test('a session opened by a token ends with it, or after two hours', async () => {
    const opened = async (endsInHours: number) => {
      const expires_at = new Date(Date.now() + endsInHours * 3_600_000);
      const key = await world.token('crmcom', { expires_at });
      const basic = { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` };
      const url = '/crmapi/rest/v2/authentication/web_api_key/token';
      return (await world.app.inject({ method: 'POST', url, headers: basic })).json().data.token as string;
    };
    const [short, long] = [await opened(1), await opened(9)];
    const works = async (token: string) => (await crmcom('leads/list', { token })).code === ok;
    expect([await works(short), await works(long)]).toEqual([true, true]);
    world.setClock(new Date(Date.now() + 3_660_000));
    expect([await works(short), await works(long)]).toEqual([false, true]);
    world.setClock(new Date(Date.now() + 7_260_000));
    expect(await works(long)).toBe(false);
    world.setClock(undefined);
  });

  test('a session of a dialect opens no other API', async () => {
    const { data } = await signIn(members.get('owner') ?? '');
    expect((await client(world, data.token)('GET', '/leads')).status).toBe(401);
    expect((await client(world, { cookie: `leadwell=${data.token}` })('GET', '/leads')).status).toBe(401);
  });

  test('signing in and out, and failed attempts, appear in the audit log', async () => {
    const agentId = await world.member({ role: 'agent', name: 'Audrey' });
    const entries = async () =>
      (await owner('GET', `/audit-log?limit=200`)).body.data
        .map(({ text }: { text: string }) => text)
        .filter((text: string) => text.includes('Audrey'));
    expect((await signIn(agentId, 'a wrong password')).code).not.toBe(ok);
    await expect.poll(entries).toEqual(['Failed attempt to sign in to crmcom as Audrey from 127.0.0.1.']);
    const { data } = await signIn(agentId);
    await crmcom('authentication/token/release', { token: data.token });
    expect(await entries()).toEqual([
      'Audrey signed out of crmcom.',
      'Audrey signed in to crmcom from 127.0.0.1.',
      'Failed attempt to sign in to crmcom as Audrey from 127.0.0.1.',
    ]);
    await owner('PATCH', `/members/${agentId}`, { active: false });
    expect((await signIn(agentId)).code).not.toBe(ok);
    await expect
      .poll(async () => (await entries()).filter((text: string) => text.startsWith('Failed')))
      .toHaveLength(2);
  });
});

async function ofBoth(path: string, body: object, number: number) {
  return (await crmcom(path, { ...body, lead_identifier: { number: String(number) } })).text;
}

/** CRM.COM writes a lead's id as 32 hexadecimal digits. */
function idOf(id: string): string {
  return (fromTypeId('lead', id) ?? '').replaceAll('-', '').toUpperCase();
}
