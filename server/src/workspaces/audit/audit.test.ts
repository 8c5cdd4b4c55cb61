import { beforeAll, expect, test } from 'vitest';
import { newBrowser, PASSWORD, withPassword } from '../../../test/people.ts';
import { client, testWorld } from '../../../test/world.ts';

const world = await testWorld();
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const secrets: string[] = [PASSWORD];
let agentId = '';

const entries = async (query = '') => (await owner('GET', `/audit-log?limit=200${query}`)).body.data;
const sentences = async (query = ''): Promise<string[]> =>
  (await entries(query)).map(({ text }: { text: string }) => text);

beforeAll(async () => {
  agentId = await world.member({ name: 'Annie Agent' });
  const login = await withPassword(world, agentId);
  const browser = newBrowser(world);
  await browser.signIn(login, 'a wrong secret');
  secrets.push('a wrong secret');
  await browser.signIn(login);
  secrets.push(browser.cookies.get('leadwell') ?? '', browser.cookies.get('leadwell_device') ?? '');
  await browser.ask('POST', '/me/password', { old_password: PASSWORD, new_password: 'another good one' });
  secrets.push('another good one');
  await browser.ask('PATCH', '/me', { name: 'Annie Agent' });
  await browser.ask('DELETE', '/session');
  const { body: made } = await owner('POST', '/members', {
    name: 'Nina New',
    email: 'nina@example.com',
    role: 'agent',
  });
  secrets.push(made.invitation_url.split('/').at(-1));
  await owner('PATCH', `/members/${made.id}`, { role: 'viewer', visibility: 'own' });
  const { body: token } = await owner('POST', '/tokens', { dialect: 'getlead', name: 'Website' });
  secrets.push(token.token);
  await owner('DELETE', `/tokens/${token.id}`);
  const { body: status } = await owner('POST', '/statuses', { name: 'Thinking' });
  await owner('PATCH', `/statuses/${status.id}`, { name: 'Mulling' });
  await owner('DELETE', `/statuses/${status.id}`);
  const { body: field } = await owner('POST', '/custom-fields', { name: 'size' });
  await owner('PATCH', `/custom-fields/${field.id}`, { type: 'number' });
  await owner('DELETE', `/custom-fields/${field.id}`);
  await owner('PATCH', '/workspace', { currency: 'EUR' });
});

test('the log says who did what, newest first', async () => {
  expect(await sentences()).toEqual(
    [
      'Failed attempt to sign in as Annie Agent from 127.0.0.1.',
      'Annie Agent signed in from 127.0.0.1.',
      'Annie Agent changed their password.',
      'Annie Agent changed their name to Annie Agent.',
      'Annie Agent signed out.',
      'Olive Owner invited Nina New as agent.',
      'Olive Owner changed Nina New: role viewer, visibility own.',
      'Olive Owner created the token “Website”.',
      'Olive Owner revoked the token “Website”.',
      'Olive Owner added the status “Thinking”.',
      'Olive Owner changed the status “Mulling”.',
      'Olive Owner deleted the status “Mulling”.',
      'Olive Owner added the custom field “size”.',
      'Olive Owner changed the custom field “size”: type number.',
      'Olive Owner deleted the custom field “size”.',
      'Olive Owner changed the workspace: currency EUR.',
    ].reverse(),
  );
});

test('the log contains no secret', async () => {
  const rows = await world.query<{ text: string }>('SELECT row_to_json(a)::text AS text FROM audit_log a');
  const text = rows.map((row) => row.text).join('\n');
  expect(secrets.every((secret) => secret.length > 8)).toBe(true);
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});

test('the log can be filtered by actor and action, and is paged', async () => {
  expect(await sentences(`&actor=member:${agentId}&action=signed_in`)).toEqual([
    'Annie Agent signed in from 127.0.0.1.',
  ]);
  expect((await owner('GET', '/audit-log?action=nonsense')).status).toBe(422);
  const first = await owner('GET', '/audit-log?limit=2');
  const next = await owner('GET', `/audit-log?limit=2&cursor=${first.body.next_cursor}`);
  expect([...first.body.data, ...next.body.data]).toEqual((await entries()).slice(0, 4));
});

test('refused changes are not in the log, and each workspace has its own log', async () => {
  const before = await entries();
  await owner('PATCH', '/workspace', { currency: 'nonsense' });
  await owner('POST', '/statuses', { name: 'New' });
  const other = await world.anotherHome('other');
  const theirs = client(world, { cookie: await world.signIn(other.ownerId, other.workspaceId) });
  await theirs('PATCH', '/workspace', { currency: 'EUR' });
  expect(await entries()).toEqual(before);
  expect((await theirs('GET', '/audit-log')).body.data).toHaveLength(1);
});
