import { beforeEach, describe, expect, test } from 'vitest';
import { mailServer } from '../../test/mail-server.ts';
import { client, testWorld } from '../../test/world.ts';
import { announce } from '../events/event-store.ts';
import { enqueue } from '../jobs/job-store.ts';
import { countTo } from '../mail/mail-store.ts';
import type { Tx } from '../platform/database/transaction.ts';

const mail = await mailServer();
const world = await testWorld({ mail: mail.settings, limits: { messages_to_leads: 3 } });
const program = client(world, world.tokens.get('native'));
world.setClock(new Date('2026-03-02T08:00:00Z'));
const owner = client(world, { cookie: await world.signIn(world.ownerId) });

const waiting = () =>
  world.query('SELECT 1 FROM events WHERE transaction_id >= pg_snapshot_xmin(pg_current_snapshot())');

/**
 * Runs a job as the schedule does, and sends the messages it queued. Waits first until no older transaction, of this or
 * another test, holds back events.
 */
async function run(kind: 'notify-members' | 'send-digests') {
  await expect.poll(async () => (await waiting()).length).toBe(0);
  await world.database.tx(world.workspaceId, (tx) =>
    enqueue(tx, { kind, params: {}, total: 0, member_id: null, actor: 'system' }, world.parts.clock()),
  );
  // The second run sends the messages that the first one queued.
  await world.parts.jobs.runDue();
  await world.parts.jobs.runDue();
}

const members = {
  annie: await world.member({ name: 'Annie Agent', visibility: 'own' }),
  max: await world.member({ name: 'Max Manager', role: 'manager' }),
  nina: await world.member({ name: 'Nina Narrow', role: 'manager', visibility: 'own' }),
};
const addressOf = async (id: string) => (await owner('GET', `/members/${id}`)).body.email as string;
const arrivedFor = async (id: string) => {
  const address = await addressOf(id);
  return mail.arrived.filter(({ recipients }) => recipients.includes(address));
};

beforeEach(async () => {
  await run('notify-members');
  mail.arrived.length = 0;
});

describe('a lead that is assigned', () => {
  test('is mailed to its new owner, several leads in one message with a link to each', async () => {
    for (const name of ['Ada One', 'Bob Two']) await program('POST', '/leads', { name, owner: members.annie });
    await run('notify-members');
    const [message, ...more] = await arrivedFor(members.annie);
    expect(more).toEqual([]);
    expect(message?.subject).toBe('2 leads were assigned to you');
    expect(message?.text).toMatch(/- Ada One\n {2}https:\/\/leads\.example\.com\/app\/leads\/lead_\w{26}\n- Bob Two/);
    await run('notify-members');
    expect(await arrivedFor(members.annie)).toHaveLength(1);
  });

  test('is mailed to its new owner even if they have changed it before the message goes out', async () => {
    const annie = client(world, { cookie: await world.signIn(members.annie) });
    const { body: lead } = await program('POST', '/leads', { name: 'Quickly Changed' });
    await program('PATCH', `/leads/${lead.id}`, { owner: members.annie });
    expect((await annie('PATCH', `/leads/${lead.id}`, { city: 'Leeds' })).status).toBe(200);
    await run('notify-members');
    expect((await arrivedFor(members.annie)).map(({ subject }) => subject)).toEqual([
      'Quickly Changed was assigned to you',
    ]);
  });

  test('is not mailed to a member who took it, or who no longer owns it', async () => {
    const annie = client(world, { cookie: await world.signIn(members.annie) });
    await annie('POST', '/leads', { name: 'Taken by herself', owner: members.annie });
    const { body: lead } = await program('POST', '/leads', { name: 'Passed on', owner: members.annie });
    await program('PATCH', `/leads/${lead.id}`, { owner: members.max });
    await run('notify-members');
    expect(await arrivedFor(members.annie)).toEqual([]);
    expect((await arrivedFor(members.max)).map(({ subject }) => subject)).toEqual(['Passed on was assigned to you']);
  });
});

test('a new lead that nobody owns is mailed to the managers who may see it, and to nobody else', async () => {
  await program('POST', '/leads', { name: 'Wanda Waits', email: 'wanda@example.com' });
  await run('notify-members');
  expect((await arrivedFor(members.max)).map(({ subject }) => subject)).toEqual(['A new lead is waiting: Wanda Waits']);
  expect(await arrivedFor(members.annie)).toEqual([]);
  expect(await arrivedFor(members.nina)).toEqual([]);
});

test('administrators are told by mail of a disabled webhook', async () => {
  await world.database.tx(world.workspaceId, (tx) =>
    announce(tx, {
      type: 'webhook.disabled',
      lead_id: null,
      payload: { webhook_id: 'hook_01k1fgwvrafgz9mk9fdf60sm8h', reason: 'gone' },
      at: world.parts.clock(),
    }),
  );
  await run('notify-members');
  expect(mail.arrived.map(({ subject }) => subject)).toEqual(['A webhook of default was switched off']);
  expect(await arrivedFor(world.ownerId)).toHaveLength(1);
});

test('of two transactions that want to send the last message to an address, one waits for the other', async () => {
  const { workspaceId, database, query } = world;
  const room = (tx: Tx, email: string) => countTo(tx, email, ['digest'], new Date(0));
  const order: string[] = [];
  let second: Promise<void> = Promise.resolve();
  const waiting = async () =>
    (
      await query(`SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted`)
    ).length;
  await database.tx(workspaceId, async (tx) => {
    await room(tx, 'last@example.com');
    second = database.tx(workspaceId, async (other) => {
      await room(other, 'Last@Example.com');
      order.push('second');
    });
    await expect.poll(async () => order.length + (await waiting())).toBe(1);
    order.push('first');
  });
  await second;
  expect(order).toEqual(['first', 'second']);
});

describe('the daily digest', () => {
  test('names what is late and due today, and is not sent to members with nothing to do', async () => {
    const { body: lead } = await program('POST', '/leads', { name: 'Dora Due' });
    const task = (name: string, due_at: string) =>
      program('POST', `/leads/${lead.id}/tasks`, { name, due_at, assignee: members.max });
    await task('Send the offer', '2026-03-01T10:00:00Z');
    await task('Ring back', '2026-03-02T15:30:00Z');
    await task('Much later', '2026-03-09T10:00:00Z');
    await program('POST', `/leads/${lead.id}/tasks`, {
      name: 'Ask round',
      due_at: '2026-03-02T11:00:00Z',
      assignee: members.annie,
    });
    await run('send-digests');
    await run('send-digests');
    expect(mail.arrived).toHaveLength(2);
    const [message] = await arrivedFor(members.max);
    expect(message?.subject).toBe('Your day: 1 overdue task, 1 task due today');
    expect(message?.text).toContain('- Send the offer: Dora Due (overdue, was due 1 March)');
    expect(message?.text).toContain('- Ring back: Dora Due (today, 15:30)');
    expect(message?.text).not.toContain('Much later');
    expect(message?.html).toContain('Ring back: Dora Due</a>');
    expect(message?.headers.get('auto-submitted')).toBe('auto-generated');
    // Annie sees only her own leads: her task is listed, but not the lead it belongs to.
    const [toAnnie] = await arrivedFor(members.annie);
    expect(toAnnie?.text).toContain('- Ask round (today, 11:00)');
    expect(toAnnie?.html).not.toMatch(new RegExp(`Dora|${lead.id}`));
  });

  test('lists fifteen tasks and says that there are more', async () => {
    for (let at = 0; at < 16; at += 1) {
      const due_at = `2026-03-01T10:${at + 10}:00Z`;
      await program('POST', '/tasks', { name: `Late ${at}`, due_at, assignee: members.nina });
    }
    await run('send-digests');
    const [message] = await arrivedFor(members.nina);
    expect(message?.subject).toBe('Your day: more than 15 overdue tasks');
    expect(message?.text?.match(/- Late \d+/g)).toHaveLength(15);
  });
});

describe('a message to new leads of a type', () => {
  test('is filled in and escaped, sent once a day to an address, and can be previewed', async () => {
    const { body: type } = await owner('POST', '/lead-types', {
      name: 'Website',
      email_on_create: true,
      email_subject: 'Hello {{first_name|there}}',
      email_text: 'Thank you, {{name}}.\n\nWe ring {{phone|you}} soon. {{workspace}}',
    });
    const lead = { first_name: '<b>Eve</b>', last_name: '{{email}}', email: 'eve@example.com', type: type.id };
    await program('POST', '/leads', lead);
    await program('POST', '/leads', { name: 'No Address', type: type.id });
    await program('POST', '/leads', { name: 'Another type', email: 'other@example.com' });
    await run('notify-members');
    const toEve = () => mail.arrived.filter(({ recipients }) => recipients.includes('eve@example.com'));
    expect(toEve()).toHaveLength(1);
    expect(toEve()[0]?.subject).toBe('Hello <b>Eve</b>');
    expect(toEve()[0]?.text).toContain('Thank you, <b>Eve</b> {{email}}.\n\nWe ring you soon. default');
    expect(toEve()[0]?.html).not.toContain('<b>');
    expect(mail.arrived.filter(({ recipients }) => recipients.includes('other@example.com'))).toEqual([]);
    await program('POST', '/leads', { ...lead, first_name: 'Again', phone: '+447840258823' });
    await run('notify-members');
    expect(toEve()).toHaveLength(1);
    const shown = await owner('POST', '/lead-messages/preview', {
      subject: '{{first_name}}',
      text: 'To {{last_name|you}}',
    });
    expect(shown.body).toMatchObject({ subject: 'Asha', text: 'To Rao\n' });
  });

  test('waits while the hourly limit for messages to leads is used up, and none is lost', async () => {
    world.setClock(new Date('2026-03-02T12:00:00Z'));
    const { body: type } = await owner('POST', '/lead-types', {
      name: 'Flood',
      email_on_create: true,
      email_text: 'Hi.',
    });
    const addresses = [1, 2, 3, 4, 5, 6, 7].map((number) => `flood-${number}@example.com`);
    for (const email of addresses) await program('POST', '/leads', { name: 'Somebody', email, type: type.id });
    const arrived = () => mail.arrived.flatMap(({ recipients }) => recipients.filter((to) => to.startsWith('flood-')));
    await run('notify-members');
    expect(arrived()).toEqual(addresses.slice(0, 3));
    const { body: outbox } = await owner('GET', '/outbox?kind=lead_message&state=queued');
    expect(outbox.data).toHaveLength(4);
    expect(outbox.data[0]).toMatchObject({
      reason: 'Waiting: leads are sent at most 3 messages an hour.',
      attempts: 0,
    });
    world.setClock(new Date('2026-03-02T12:59:00Z'));
    await run('notify-members');
    expect(arrived()).toHaveLength(3);
    world.setClock(new Date('2026-03-02T13:00:00Z'));
    await run('notify-members');
    expect(arrived()).toHaveLength(6);
    world.setClock(new Date('2026-03-02T14:00:00Z'));
    await run('notify-members');
    expect(arrived().sort()).toEqual(addresses);
  });

  test('with a field that leads do not have is refused', async () => {
    const refused = await owner('POST', '/lead-types', { name: 'Wrong', email_text: 'Dear {{firstname}}' });
    expect([refused.status, refused.body.errors?.[0]]).toMatchObject([
      422,
      { field: 'email_text', code: 'unknown_field' },
    ]);
    expect((await owner('POST', '/lead-messages/preview', { subject: '', text: '{{secret}}' })).status).toBe(422);
  });
});
