import { generate } from 'otplib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { newBrowser, PASSWORD, steppingClock, withPassword } from './people.ts';
import { client, testWorld } from './world.ts';

const verified = vi.hoisted(() => ({ passwords: 0 }));
// The library still runs, but its calls are counted, since measuring time on a busy machine proves nothing.
vi.mock('@node-rs/argon2', async (original) => {
  const argon2 = await original<typeof import('@node-rs/argon2')>();
  return {
    ...argon2,
    verify: (...args: Parameters<typeof argon2.verify>) => {
      verified.passwords += 1;
      return argon2.verify(...args);
    },
  };
});

const world = await testWorld();
const later = steppingClock(world);
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const TRIES = 60;

async function someone() {
  const id = await world.member({ role: 'agent' });
  const login = await withPassword(world, id);
  const browser = newBrowser(world);
  await browser.signIn(login);
  return { id, login, browser };
}

/** Somebody who uses two-step sign-in. */
async function withTotp() {
  const person = await someone();
  const { secret } = (await person.browser.ask('POST', '/me/totp', { password: PASSWORD })).body;
  const epoch = Math.floor(world.parts.clock().getTime() / 1000);
  await person.browser.ask('POST', '/me/totp/confirm', { code: await generate({ secret, epoch }) });
  return person;
}

async function signInToCrm(username: string, password: string, organisation = 'default', address = '127.0.0.1') {
  return world.app.inject({
    method: 'POST',
    url: '/crmapi/rest/v2/authentication/token',
    payload: { username, password, organisation },
    remoteAddress: address,
  });
}

/** Makes sixty attempts within six seconds, or fewer at that pace; counts the answers other than 429. */
async function hammer(attempt: () => Promise<{ status: number; headers: Record<string, unknown> }>, tries = TRIES) {
  let [answered, last] = [0, await attempt()];
  for (let at = 1; at < tries; at += 1) {
    later(1 / 600);
    last = await attempt();
    if (last.status !== 429) answered += 1;
  }
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
  expect(last.status).toBe(429);
  return answered;
}

beforeEach(() => later(120));

describe('sixty guesses in six seconds are refused', () => {
  test('at CRM.COM’s sign-in by password, in its own words', async () => {
    const { login } = await someone();
    const attempt = async () => {
      const { statusCode, headers, body } = await signInToCrm(login, 'wrong');
      expect(JSON.parse(body)).toMatchObject({ data: null, status: { code: expect.any(String) } });
      return { status: statusCode, headers };
    };
    expect(await hammer(attempt)).toBeLessThan(12);
    expect((await signInToCrm(login, PASSWORD)).statusCode).toBe(429);
  });

  test('at the change of the password, and at turning two-step sign-in on and off', async () => {
    const doors = [
      ['POST', '/me/password', { old_password: 'wrong', new_password: 'long enough' }],
      ['POST', '/me/totp', { password: 'wrong' }],
      ['DELETE', '/me/totp', { password: 'wrong' }],
    ] as const;
    for (const [method, path, body] of doors) {
      const { browser } = await someone();
      expect(await hammer(() => browser.ask(method, path, body))).toBeLessThan(12);
    }
  });

  test('at the confirmation of an authenticator app, and at its codes when signing in', async () => {
    const { browser } = await someone();
    await browser.ask('POST', '/me/totp', { password: PASSWORD });
    expect(await hammer(() => browser.ask('POST', '/me/totp/confirm', { code: '000000' }))).toBeLessThan(12);
    const { login } = await withTotp();
    const signIn = () => newBrowser(world).signIn(login, PASSWORD, { code: '000000' });
    expect(await hammer(signIn)).toBeLessThan(12);
  });

  test('at the code of a reset link, with a new link for every guess', async () => {
    const { id } = await withTotp();
    const attempt = async () => {
      const { invitation_url } = (await owner('POST', `/members/${id}/invitation`)).body;
      const path = `/invitations/${invitation_url.split('/').at(-1)}`;
      return newBrowser(world).ask('POST', path, { password: 'long enough', code: '000000' });
    };
    // The first pause is one second, so the last of these attempts falls into it.
    expect(await hammer(attempt, 12)).toBeLessThan(10);
  });

  test('at the password with which somebody joins another workspace', async () => {
    const { browser } = await someone();
    const { body } = await owner('POST', '/members', { name: 'x', email: 'another@example.com' });
    const path = `/invitations/${body.invitation_url.split('/').at(-1)}/join`;
    expect(await hammer(() => browser.ask('POST', path, { password: 'wrong' }))).toBeLessThan(12);
  });

  test('at links that do not exist, while those that do still open', async () => {
    const { body } = await owner('POST', '/members', { name: 'x', email: 'invited@example.com' });
    let made = 0;
    const attempt = () => {
      made += 1;
      return newBrowser(world).ask('GET', `/invitations/${`guess-${made}`.padEnd(43, 'x')}`);
    };
    expect(await hammer(attempt)).toBeLessThan(25);
    expect((await newBrowser(world).ask('GET', `/invitations/${body.invitation_url.split('/').at(-1)}`)).status).toBe(
      200,
    );
  });
});

test('guesses at one account are counted together, whichever API they use', async () => {
  const { login } = await someone();
  for (const attempt of [0, 1, 2]) await signInToCrm(login, `wrong ${attempt}`);
  const email = await newBrowser(world).signIn(login, 'wrong');
  const again = await newBrowser(world).signIn(login, 'wrong');
  const refused = await newBrowser(world).signIn(login, 'wrong');
  expect([email.status, again.status, refused.status]).toEqual([401, 401, 429]);
});

test('a vendor’s API limits look-ups of leads that do not exist', async () => {
  await client(world, world.tokens.get('native'))('POST', '/leads', { phone: '+919895912345' });
  const ask = (mobile: string) =>
    world.app.inject({
      url: `/api/get-lead-status?token=${world.tokens.get('getlead')}&countrycode=91&mobile_no=${mobile}`,
    });
  const answers = [];
  for (let at = 0; at < 140; at += 1) answers.push((await ask(`98959${10_000 + at}`)).statusCode);
  expect(answers.slice(0, 120)).not.toContain(429);
  expect(answers.slice(125)).toContain(429);
  expect((await ask('9895912345')).statusCode).toBe(429);
});

describe('a sign-in takes the same work', () => {
  const cases = ['nobody', 'one', 'several'] as const;

  test('for an unknown name, a wrong password and any number of accounts', async () => {
    const { login: one } = await someone();
    const several = 'several@example.com';
    await owner('POST', '/members', { name: 'A', email: several, password: PASSWORD });
    const { tokens } = await world.anotherHome('twin');
    const created = { name: 'B', email: several, password: 'another password' };
    await client(world, tokens.get('native'))('POST', '/members', created);
    const work = async (attempt: () => Promise<unknown>) => {
      later(120);
      const before = verified.passwords;
      await attempt();
      return verified.passwords - before;
    };
    const logins = { nobody: 'nobody@example.com', one, several };
    for (const who of cases) {
      const login = logins[who];
      expect(await work(() => newBrowser(world).signIn(login, 'wrong')), `web, ${who}`).toBe(4);
      expect(await work(() => signInToCrm(login, 'wrong')), `CRM.COM, ${who}`).toBe(4);
      expect(await work(() => signInToCrm(login, 'wrong', 'no such workspace')), `no workspace, ${who}`).toBe(4);
    }
    expect(await work(() => newBrowser(world).signIn(one))).toBe(4);
  });
});

test('CRM.COM’s organisation is a workspace’s name or id; the password decides between namesakes', async () => {
  const twins = [await world.anotherHome('Twin One'), await world.anotherHome('Twin Two')];
  for (const [at, { tokens }] of twins.entries()) {
    const ask = client(world, tokens.get('native'));
    expect((await ask('PATCH', '/workspace', { name: 'Same Name' })).status).toBe(200);
    await ask('POST', '/members', { name: 'X', email: 'x@example.com', username: 'x', password: `password of ${at}` });
  }
  const rows = async () =>
    world.query<{ workspace_id: string; outcome: string }>(
      'SELECT workspace_id, outcome FROM submissions WHERE workspace_id = ANY ($1) ORDER BY id',
      [twins.map(({ workspaceId }) => workspaceId)],
    );
  for (const at of [1, 0]) {
    const reply = JSON.parse((await signInToCrm('x', `password of ${at}`, 'same name')).body);
    expect(reply.data?.token).toMatch(/./);
    expect((await rows()).at(-1)).toEqual({ workspace_id: twins[at]?.workspaceId, outcome: 'accepted' });
  }
  expect(JSON.parse((await signInToCrm('x', 'wrong', 'same name')).body).data).toBeNull();
  expect(await rows()).toHaveLength(2);
  const byId = await signInToCrm('x', 'password of 1', twins[1]?.workspaceId);
  expect(JSON.parse(byId.body).data.token).toMatch(/./);
  for (const elsewhere of [twins[0]?.workspaceId, 'default'])
    expect(JSON.parse((await signInToCrm('x', 'password of 1', elsewhere)).body).data).toBeNull();
});
