import { beforeEach, describe, expect, test } from 'vitest';
import { addressesIn, type MailFault, mailServer } from '../../test/mail-server.ts';
import { noticesOf, ownHeaders, type Queued } from '../../test/notices.ts';
import { joinElsewhere, newBrowser, PASSWORD, steppingClock, withPassword } from '../../test/people.ts';
import { client, testWorld } from '../../test/world.ts';
import { mailKinds } from './mail-kinds.ts';
import { MOST_AN_HOUR } from './queue-mail.ts';

const mail = await mailServer();
const world = await testWorld({ mail: mail.settings });
const later = steppingClock(world);
let owner = client(world, undefined);
const send = () => world.parts.jobs.runDue();
const queueNotice = noticesOf(world, mail.settings);

beforeEach(async () => {
  // The clock advances from test to test, so earlier sessions expire.
  owner = client(world, { cookie: await world.signIn(world.ownerId) });
  mail.arrived.length = 0;
  mail.fault = undefined;
});

let people = 0;
async function invite(name = 'Nora New') {
  people += 1;
  const email = `nora-${people}@example.com`;
  const { body } = await owner('POST', '/members', { name, email, role: 'agent' });
  await send();
  return { id: body.id as string, email, shown: body.invitation_url as string };
}

const notice = async (...what: Parameters<ReturnType<typeof noticesOf>>) => {
  await queueNotice(...what);
  await send();
};

const linkIn = (text: string | undefined) =>
  /https:\/\/leads\.example\.com\/(welcome|unsubscribe)\/([\w-]+)/.exec(text ?? '')?.[2] ?? '';
const outbox = async () => (await owner('GET', '/outbox?limit=200')).body.data as Queued[];

describe('an invitation by mail', () => {
  test('has a link of its own, which works once, and the outbox does not show it', async () => {
    const { email, shown } = await invite();
    const [message] = mail.arrived;
    expect(message).toMatchObject({ recipients: [email], subject: 'Olive Owner invites you to default' });
    const secret = linkIn(message?.text);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(message?.html).toContain(`/welcome/${secret}`);
    expect(shown).not.toContain(secret);
    const [listed] = await outbox();
    const contents = await owner('GET', `/outbox/${listed?.id}`);
    expect(contents.body).toMatchObject({ state: 'sent', message_id: message?.messageId, label: 'Invitation' });
    expect(contents.text).not.toContain(secret);
    const taken = await newBrowser(world).ask('POST', `/invitations/${secret}`, { name: 'Nora', password: PASSWORD });
    expect(taken.status).toBe(204);
    const again = await newBrowser(world).ask(
      'POST',
      `/invitations/${linkIn(`https://leads.example.com/welcome/${shown.split('/').at(-1)}`)}`,
      { password: PASSWORD },
    );
    expect(again.status).toBe(410);
  });
});

describe('a forgotten password', () => {
  const forgot = (email: string) => newBrowser(world).ask('POST', '/password-resets', { email });
  test('is replaced by a link sent by mail, once and within an hour', async () => {
    const id = await world.member({ name: 'Fred Forgot' });
    const email = await withPassword(world, id);
    expect((await forgot(`  ${email.toUpperCase()} `)).status).toBe(202);
    await expect.poll(() => send().then(() => mail.arrived.length)).toBe(1);
    const secret = linkIn(mail.arrived[0]?.text);
    later(59);
    expect(
      (await newBrowser(world).ask('POST', `/invitations/${secret}`, { password: 'another good horse' })).status,
    ).toBe(204);
    expect((await newBrowser(world).signIn(email, 'another good horse')).status).toBe(204);
    expect(
      (await newBrowser(world).ask('POST', `/invitations/${secret}`, { password: 'yet another horse' })).status,
    ).toBe(410);
    await forgot(email);
    await expect.poll(() => send().then(() => mail.arrived.length)).toBe(2);
    later(61);
    expect((await newBrowser(world).ask('GET', `/invitations/${linkIn(mail.arrived[1]?.text)}`)).status).toBe(410);
  });

  test('is answered alike for everybody, but only active members with a managed account get a link', async () => {
    const known = await withPassword(world, await world.member());
    const ownId = await world.member();
    const own = await withPassword(world, ownId);
    await joinElsewhere(world, ownId, 'elsewhere');
    const gone = await world.member();
    const goneEmail = await withPassword(world, gone);
    await owner('PATCH', `/members/${gone}`, { active: false });
    const replies = [
      await forgot(known),
      await forgot('nobody@example.com'),
      await forgot(own),
      await forgot(goneEmail),
    ];
    expect(new Set(replies.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
    await expect.poll(() => send().then(() => mail.arrived.length)).toBe(1);
    later(1);
    await send();
    expect(mail.arrived.map(({ recipients }) => recipients[0])).toEqual([known]);
  });

  test('sends at most three links an hour to an address, and requests for it are limited too', async () => {
    const email = await withPassword(world, await world.member());
    const statuses: number[] = [];
    for (let count = 0; count < 12; count++) statuses.push((await forgot(email)).status);
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 202));
    expect(statuses).toContain(429);
    await expect.poll(() => send().then(() => mail.arrived.length)).toBe(3);
  });
});

describe('a mail server that fails', () => {
  const breaks: MailFault[] = [
    { at: 'connect' },
    { at: 'sender' },
    { at: 'recipient' },
    { at: 'data' },
    { at: 'recipient', status: 451 },
    { at: 'sender', status: 550 },
  ];
  test.each(breaks)('at $at with $status loses nothing and is sent the same message again', async (fault) => {
    mail.fault = fault;
    const { email } = await invite();
    expect(mail.arrived).toHaveLength(0);
    expect(await outbox()).toContainEqual(expect.objectContaining({ to_email: email, state: 'queued' }));
    mail.fault = undefined;
    later(2);
    await send();
    expect(mail.arrived.map(({ recipients }) => recipients)).toEqual([[email]]);
    expect(await outbox()).toContainEqual(expect.objectContaining({ to_email: email, state: 'sent' }));
  });

  test('after accepting a message is sent it again with the same Message-ID', async () => {
    mail.fault = { at: 'afterData' };
    await invite();
    mail.fault = undefined;
    later(2);
    await send();
    expect(mail.arrived).toHaveLength(2);
    expect(new Set(mail.arrived.map(({ messageId }) => messageId)).size).toBe(1);
    expect(new Set(mail.arrived.map(({ text }) => linkIn(text))).size).toBe(2);
    for (const { text } of mail.arrived)
      expect((await newBrowser(world).ask('GET', `/invitations/${linkIn(text)}`)).status).toBe(200);
  });

  test('for two days ends the retries, and an administrator can resend the message', async () => {
    mail.fault = { at: 'connect' };
    const { email } = await invite();
    for (let count = 0; count < 9; count++) {
      later(1500);
      await send();
    }
    owner = client(world, { cookie: await world.signIn(world.ownerId) });
    const given = (await outbox()).find(({ to_email }) => to_email === email);
    expect(given).toMatchObject({ state: 'failed' });
    mail.fault = undefined;
    expect((await owner('POST', `/outbox/${given?.id}/resend`)).status).toBe(200);
    await send();
    expect(mail.arrived.map(({ recipients }) => recipients)).toEqual([[email]]);
    expect((await owner('POST', `/outbox/${given?.id}/resend`)).status).toBe(409);
  });

  test('by refusing a recipient for good is shown on the member until mail arrives again', async () => {
    mail.fault = { at: 'recipient', status: 550 };
    const { id, email } = await invite();
    const bounced = async () => (await owner('GET', `/members/${id}`)).body.bounced;
    expect(await bounced()).toContain('No such mailbox here');
    expect(await outbox()).toContainEqual(expect.objectContaining({ to_email: email, state: 'refused' }));
    mail.fault = undefined;
    await notice(id);
    expect(await outbox()).toContainEqual(
      expect.objectContaining({
        to_email: email,
        state: 'failed',
        reason: 'Earlier mail to this address was refused.',
      }),
    );
    await owner('POST', `/members/${id}/invitation`);
    await send();
    expect(mail.arrived).toHaveLength(1);
    expect(await bounced()).toBeNull();
  });
});

describe('hostile names', () => {
  const names = [
    'Eve\r\nBcc: victim@evil.example',
    'a@x.example, victim@evil.example',
    '"><victim@evil.example>',
    'x <victim@evil.example>',
    'Eve\u2028Bcc: victim@evil.example',
    '=?utf-8?q?=0D=0ABcc:_victim@evil.example?=',
    'victim@evil.example;',
    'a"b\\c, (d) <e>',
    'группа: a@x.example, victim@evil.example;',
    '<script>alert(1)</script>',
    `${'ä'.repeat(190)}`,
  ];
  test.each(names)('%j adds no recipient and no header', async (name) => {
    const id = await world.member({ name });
    await world.parts.changed(world.workspaceId);
    await notice(id, name);
    const [message] = mail.arrived;
    expect(message?.recipients).toHaveLength(1);
    expect(addressesIn(message?.to)).toEqual(message?.recipients);
    expect([message?.cc, message?.bcc]).toEqual([undefined, undefined]);
    expect([...(message?.headers.keys() ?? [])].filter((header) => !ownHeaders.has(header))).toEqual([]);
    expect(message?.html).not.toContain('<script');
  });
});

describe('notices', () => {
  test('end with one click, each kind separately, and can be turned on again in the profile', async () => {
    const id = await world.member({ name: 'Una Unsubscribed' });
    const una = client(world, { cookie: await world.signIn(id) });
    await notice(id);
    const list = mail.arrived[0]?.headerLines.filter(({ key }) => key.startsWith('list-')).map(({ line }) => line);
    expect(list?.[1]).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const url = new URL(/<([^>]+)>/.exec(list?.[0]?.replace(/\s+/g, '') ?? '')?.[1] ?? '');
    const click = (path: string) =>
      world.app.inject({
        method: 'POST',
        url: path,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'List-Unsubscribe=One-Click',
      });
    // The token consists of signature, workspace, member and kind.
    const token = Buffer.from(url.pathname.split('/').at(-1) ?? '', 'base64url');
    const forgeries = [
      Buffer.concat([Buffer.from([(token[0] ?? 0) ^ 1]), token.subarray(1)]),
      Buffer.concat([token.subarray(0, 32), Buffer.from(world.ownerId.replaceAll('-', ''), 'hex'), token.subarray(48)]),
      Buffer.concat([token.subarray(0, 48), Buffer.from('digest')]),
      token.subarray(1),
    ];
    for (const forged of forgeries)
      expect((await click(`/unsubscribe/${forged.toString('base64url')}`)).statusCode).toBe(404);
    expect(token.subarray(48).toString()).toBe('assignment');
    // Mail programs follow links on their own, which must not unsubscribe anybody.
    for (let times = 0; times < 2; times += 1)
      expect(
        (await client(world, undefined)('GET', `/unsubscriptions/${url.pathname.split('/').at(-1)}`)).body,
      ).toEqual({
        kind: 'assignment',
        label: mailKinds.assignment.label,
        wanted: true,
      });
    expect((await click(url.pathname)).statusCode).toBe(200);
    await notice(id);
    expect(mail.arrived).toHaveLength(1);
    expect(await world.query('SELECT 1 FROM mails WHERE member_id = $1', [id])).toHaveLength(1);
    await notice(id, 'Your day', 'digest');
    expect(mail.arrived).toHaveLength(2);
    const kinds = (await una('GET', '/me/mail')).body.kinds as { kind: string; wanted: boolean }[];
    expect(kinds.filter(({ wanted }) => !wanted).map(({ kind }) => kind)).toEqual(['assignment']);
    expect((await una('PATCH', '/me/mail', { kind: 'assignment', wanted: true })).status).toBe(200);
    await notice(id);
    expect(mail.arrived).toHaveLength(3);
    expect(kinds.map(({ kind }) => kind)).toEqual(
      Object.keys(mailKinds).filter((kind) => mailKinds[kind as keyof typeof mailKinds].optional),
    );
  });

  test('that could not be sent before their member left are not sent', async () => {
    const id = await world.member({ name: 'Lena Left' });
    mail.fault = { at: 'connect' };
    await notice(id, 'Too late');
    mail.fault = undefined;
    await owner('PATCH', `/members/${id}`, { active: false });
    later(2);
    await send();
    expect(mail.arrived).toEqual([]);
    expect((await outbox()).find(({ subject }) => subject === 'Too late')).toMatchObject({
      state: 'failed',
      reason: 'The member is no longer active.',
    });
  });

  test(`beyond ${MOST_AN_HOUR} an hour are combined in one message`, async () => {
    const id = await world.member({ name: 'Busy Bea' });
    for (let count = 1; count <= MOST_AN_HOUR + 5; count++) await notice(id, `Notice ${count}`);
    expect(mail.arrived).toHaveLength(MOST_AN_HOUR);
    await notice(await world.member({ name: 'Calm Carl' }), 'For Carl alone');
    await world.query("UPDATE mails SET state = 'held' WHERE subject = 'For Carl alone'");
    mail.arrived.pop();
    later(61);
    await send();
    expect(mail.arrived).toHaveLength(MOST_AN_HOUR + 1);
    for (const count of [11, 12, 13, 14, 15]) expect(mail.arrived.at(-1)?.text).toContain(`- Notice ${count}\n`);
    expect(mail.arrived.at(-1)?.text).not.toContain('Carl');
    await notice(id, 'Notice 16');
    expect(mail.arrived.at(-1)?.subject).toBe('Notice 16');
  });
});
