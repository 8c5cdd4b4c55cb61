import { generate } from 'otplib';
import { describe, expect, test } from 'vitest';
import { newBrowser, PASSWORD, steppingClock, withPassword } from '../../test/people.ts';
import { testWorld } from '../../test/world.ts';

const world = await testWorld();
const later = steppingClock(world);

async function someone() {
  const id = await world.member({ role: 'agent' });
  return { id, login: await withPassword(world, id) };
}

describe('two-step sign-in', () => {
  async function withTotp() {
    const { login: theirs } = await someone();
    const browser = newBrowser(world);
    await browser.signIn(theirs);
    const begun = await browser.ask('POST', '/me/totp', { password: PASSWORD });
    expect(begun.body.uri).toContain(`secret=${begun.body.secret}`);
    const secret = begun.body.secret as string;
    const code = () => generate({ secret, epoch: Math.floor(world.parts.clock().getTime() / 1000) });
    const confirmed = await browser.ask('POST', '/me/totp/confirm', { code: await code() });
    return { theirs, browser, secret, code, recovery: confirmed.body.recovery_codes as string[] };
  }

  test('needs the password to be set up, and is active only after a correct code', async () => {
    const { login: theirs } = await someone();
    const browser = newBrowser(world);
    await browser.signIn(theirs);
    expect((await browser.ask('POST', '/me/totp', { password: 'no' })).status).toBe(409);
    await browser.ask('POST', '/me/totp', { password: PASSWORD });
    expect((await browser.ask('POST', '/me/totp/confirm', { code: '000000' })).body.type).toBe('/problems/wrong_code');
    expect((await browser.ask('GET', '/me')).body.user.totp).toBe(false);
    expect((await newBrowser(world).signIn(theirs)).status).toBe(204);
  });

  test('asks for a code only after the right password, and accepts each code once', async () => {
    const { theirs, browser, code, recovery } = await withTotp();
    expect(recovery).toHaveLength(10);
    expect((await browser.ask('GET', '/me')).body.user.totp).toBe(true);
    const type = async (more: object, password = PASSWORD) =>
      (await newBrowser(world).signIn(theirs, password, more)).body?.type;
    expect(await type({ code: await code() })).toBe('/problems/wrong_code');
    later(1);
    expect(await type({}, 'wrong')).toBe('/problems/wrong_password');
    expect(await type({})).toBe('/problems/code_needed');
    const now = await code();
    const both = await Promise.all([1, 2].map(() => newBrowser(world).signIn(theirs, PASSWORD, { code: now })));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 401]);
    expect(await type({ code: now })).toBe('/problems/wrong_code');
  });

  test('accepts the codes of half a minute before and after, and none that are older or newer', async () => {
    const { theirs, secret } = await withTotp();
    later(10);
    const at = Math.floor(world.parts.clock().getTime() / 1000);
    const trying = async (seconds: number) => {
      const code = await generate({ secret, epoch: at + seconds });
      return (await newBrowser(world).signIn(theirs, PASSWORD, { code })).status;
    };
    for (const seconds of [-90, -60, 60, 90]) expect([seconds, await trying(seconds)]).toEqual([seconds, 401]);
    for (const seconds of [-30, 0, 30]) expect([seconds, await trying(seconds)]).toEqual([seconds, 204]);
  });

  test('that is on stays with its app and its recovery codes, until it is turned off', async () => {
    const { theirs, browser, code, recovery } = await withTotp();
    later(1);
    const again = [
      await browser.ask('POST', '/me/totp', { password: PASSWORD }),
      await browser.ask('POST', '/me/totp/confirm', { code: await code() }),
    ];
    expect(again.map(({ status, body }) => [status, body.type])).toEqual(
      Array(2).fill([409, '/problems/changed_since']),
    );
    for (const right of [await code(), recovery[0]])
      expect((await newBrowser(world).signIn(theirs, PASSWORD, { code: right })).status).toBe(204);
  });

  test('a recovery code stands in for the app, once', async () => {
    const { theirs, recovery } = await withTotp();
    const [first = '', second = ''] = recovery;
    expect((await newBrowser(world).signIn(theirs, PASSWORD, { code: first.toUpperCase() })).status).toBe(204);
    expect((await newBrowser(world).signIn(theirs, PASSWORD, { code: first })).status).toBe(401);
    expect((await newBrowser(world).signIn(theirs, PASSWORD, { code: second })).status).toBe(204);
  });

  test('is turned off with the password; until then the password alone opens no dialect session', async () => {
    const { theirs, browser } = await withTotp();
    const crm = () =>
      world.app.inject({
        method: 'POST',
        url: '/crmapi/rest/v2/authentication/token',
        payload: { username: theirs, password: PASSWORD, organisation: 'default' },
      });
    expect((await crm()).json().data?.token).toBeUndefined();
    expect((await browser.ask('DELETE', '/me/totp', { password: 'no' })).status).toBe(409);
    expect((await browser.ask('DELETE', '/me/totp', { password: PASSWORD })).status).toBe(204);
    later(2);
    expect((await newBrowser(world).signIn(theirs)).status).toBe(204);
    expect((await crm()).json().data.token).toEqual(expect.any(String));
  });
});

describe('guessing', () => {
  test('at most thirty passwords an hour are checked per account, even at once and from many addresses', async () => {
    const { login: theirs } = await someone();
    let checked = 0;
    for (let minute = 0; minute < 60 && checked <= 30; minute += 1) {
      const tries = await Promise.all(
        Array.from({ length: 10 }, (_, at) =>
          world.app.inject({
            method: 'POST',
            url: '/v1/session',
            remoteAddress: `10.${minute}.0.${at}`,
            headers: { 'sec-fetch-site': 'same-origin' },
            payload: { login: at % 2 ? theirs : theirs.toUpperCase(), password: `guess ${minute} ${at}` },
          }),
        ),
      );
      checked += tries.filter(({ statusCode }) => statusCode === 401).length;
      later(0.99);
    }
    expect(checked).toBeLessThanOrEqual(30);
    expect(checked).toBeGreaterThan(5);
  });

  test('makes strangers wait, but not the person in a browser they have used before', async () => {
    const { login: theirs } = await someone();
    const [known, stranger] = [newBrowser(world), newBrowser(world)];
    await known.signIn(theirs);
    await known.ask('DELETE', '/session');
    for (let tries = 0; tries < 10; tries += 1) await stranger.signIn(theirs, 'guess');
    const refused = await stranger.signIn(theirs);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await known.signIn(theirs)).status).toBe(204);
    later(2);
    expect((await stranger.signIn(theirs)).status).toBe(204);
  });

  test('is limited for unknown names too', async () => {
    const statuses: number[] = [];
    for (let tries = 0; tries < 7; tries += 1)
      statuses.push((await newBrowser(world).signIn('no@one.example', 'x')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
  });

  test('counts attempts through dialects and the web app together', async () => {
    const { login: theirs } = await someone();
    const crm = () =>
      world.app.inject({
        method: 'POST',
        url: '/crmapi/rest/v2/authentication/token',
        payload: { username: theirs, password: 'guess', organisation: 'default' },
      });
    for (let tries = 0; tries < 5; tries += 1) await crm();
    expect((await newBrowser(world).signIn(theirs)).status).toBe(429);
  });
});
