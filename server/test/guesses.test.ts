import { expect, test } from 'vitest';
import { newBrowser, PASSWORD, steppingClock, withPassword } from './people.ts';
import { client, testWorld } from './world.ts';

const log: string[] = [];
const world = await testWorld({ onLog: (line) => log.push(line) });
steppingClock(world);
const login = await withPassword(world, world.ownerId);

test('passwords guessed through a dialect are limited, and count towards the limit of the web app', async () => {
  const codes: string[] = [];
  for (let tries = 0; tries < 8; tries += 1) {
    const reply = await world.app.inject({
      method: 'POST',
      url: '/crmapi/rest/v2/authentication/token',
      payload: { username: login, password: `guess ${tries}`, organisation: 'default' },
    });
    codes.push(`${reply.statusCode} ${reply.headers['retry-after'] ? 'later' : 'wrong'}`);
  }
  expect(codes.slice(0, 3)).toEqual(['200 wrong', '200 wrong', '200 wrong']);
  expect(codes.at(-1)).toMatch(/ later$/);
  expect((await newBrowser(world).signIn(login)).status).toBe(429);
});

test('attempts at the current password are limited', async () => {
  const browser = newBrowser(world);
  expect((await browser.signIn(login)).status).toBe(204);
  const statuses: number[] = [];
  for (let tries = 0; tries < 8; tries += 1) {
    const body = { old_password: `guess ${tries}`, new_password: 'another long password' };
    statuses.push((await browser.ask('POST', '/me/password', body)).status);
  }
  expect(statuses[0]).toBe(409);
  expect(statuses.at(-1)).toBe(429);
  expect((await newBrowser(world).signIn(login, PASSWORD)).status).not.toBe(500);
});

test('failed sign-ins with unknown names are logged without the names', async () => {
  const signIn = (url: string, payload: object, remoteAddress: string) =>
    world.app.inject({ method: 'POST', url, payload, remoteAddress, headers: { 'sec-fetch-site': 'same-origin' } });
  const password = 'hunter2';
  for (const name of ['nobody.one', 'nobody.two'])
    await signIn('/v1/session', { login: name, password }, '203.0.113.9');
  await signIn('/v1/session', { login, password }, '203.0.113.10');
  const unknown = { username: 'nobody.three', password, organisation: 'nowhere' };
  await signIn('/crmapi/rest/v2/authentication/token', unknown, '2001:db8:1:2:3::4');
  world.parts.unknownNames.tell();
  world.parts.unknownNames.tell();
  expect(log.filter((line) => line.startsWith('Failed'))).toEqual([
    'Failed sign-ins with unknown names: 2 from 203.0.113.9, 1 from 2001:db8:1:2.',
  ]);
  expect(log.join()).not.toMatch(/nobody|hunter2/);
});

test('what fails in a route or in the background is logged without the values that the database quotes', async () => {
  const owner = client(world, { cookie: await world.signIn(world.ownerId) });
  await world.query(`CREATE FUNCTION quote() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'invalid input: "Quentin Quoted"'; END $$;
    CREATE TRIGGER quote BEFORE INSERT ON views FOR EACH ROW EXECUTE FUNCTION quote();
    CREATE TRIGGER quote BEFORE INSERT ON retention FOR EACH ROW EXECUTE FUNCTION quote()`);
  expect((await owner('POST', '/views', { name: 'New', query: 'state=open' })).status).toBe(500);
  expect((await owner('POST', '/retention/run')).status).toBe(202);
  await world.parts.jobs.runDue();
  await world.query('DROP FUNCTION quote CASCADE');
  expect(log.filter((line) => line.includes('invalid input'))).toHaveLength(2);
  expect(log.join()).not.toContain('Quentin');
});
