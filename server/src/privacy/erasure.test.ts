import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';
import { enqueueDue } from '../jobs/job-scheduler.ts';
import { fromTypeId, typeId } from '../platform/ids.ts';
import { isProblem } from '../platform/problem.ts';
import { addErasedKeys, hashKey } from '../workspaces/erased/erased-keys-store.ts';
import { beginErasure } from './erasure.ts';
import { findPerson } from './find-person.ts';

const recorded: string[] = [];
const world = await testWorld({ tombstones: { add: async (_, { id }) => void recorded.push(typeId('erasure', id)) } });
const ask = client(world, world.tokens.get('native'));
const creating = client(world, await world.token('native', { policy: 'create' }));

async function erase(body: object) {
  const reply = await ask('POST', '/erasures', body);
  await world.parts.jobs.runDue();
  return reply.status === 202 ? (await ask('GET', `/erasures/${reply.body.id}`)).body : reply.body;
}

const leadsNamed = async (name: string) => (await ask('GET', `/leads?q=${name}`)).body.data.length;

test('a person with the same phone but another email stays, with all that was sent about them', async () => {
  await creating('POST', '/leads', { name: 'Paula Person', phone: '07700 900 201', email: 'paula@example.com' });
  const neighbour = await creating('POST', '/leads', {
    name: 'Nick Near',
    phone: '07700900201',
    email: 'nick@example.com',
  });
  await ask('POST', `/leads/${neighbour.body.id}/notes`, { text: 'Shares 07700900201; Paula is paula@example.com' });
  await creating('POST', '/leads', { phone: '07700900201', email: 'nick@example.com', status: 'None such' });
  const refused = await ask('POST', '/person-records', { phone: '07700900201' });
  expect([refused.status, refused.body.type]).toEqual([409, '/problems/several_people']);
  const records = (await ask('POST', '/person-records', { email: 'PAULA@example.com' })).body;
  expect(records.leads.map(({ name }: { name: string }) => name)).toEqual(['Paula Person']);
  expect(records.others.map(({ name }: { name: string }) => name)).toEqual(['Nick Near']);
  const lookedUp = (await ask('GET', '/audit-log')).body.data.filter(({ action }: { action: string }) =>
    /look/.test(action),
  );
  expect(lookedUp.length).toBeGreaterThan(0);
  expect(JSON.stringify(lookedUp)).not.toMatch(/paula/i);
  const certificate = await erase({ email: 'paula@example.com', phone: '+44 7700 900201' });
  expect(certificate).toMatchObject({ state: 'done', counts: { leads: 1, requests: 1, requests_left: 1 } });
  const notes = (await ask('GET', `/leads/${neighbour.body.id}/notes`)).body.data;
  expect(notes[0].text).toBe('Shares 07700900201; Paula is [erased]');
  expect((await ask('GET', `/leads/${neighbour.body.id}`)).body).toMatchObject({
    phone: '+447700900201',
    email: 'nick@example.com',
  });
  const bodies = await world.query<{ body: string }>(
    "SELECT convert_from(body, 'UTF8') AS body FROM submissions WHERE body IS NOT NULL",
  );
  expect(bodies.filter(({ body }) => body.includes('nick@example.com'))).toHaveLength(2);
  expect(JSON.stringify(bodies)).not.toMatch(/paula@/i);
});

test('numbers that begin alike, or end alike in another country, and longer emails are not erased', async () => {
  await ask('POST', '/leads', { name: 'Exact Same', phone: '07700900210' });
  await ask('POST', '/leads', { name: 'Longer', phone: '+4477009002105' });
  const { body: namesake } = await ask('POST', '/leads', { name: 'Exact Same', email: 'same@example.net' });
  const touches = () => world.query('SELECT fields FROM touches WHERE lead_id = $1', [fromTypeId('lead', namesake.id)]);
  const enquiry = await touches();
  await ask('POST', '/leads', { name: 'Abroad', phone: '+917700900210' });
  const alex = {
    name: 'Alex',
    email: 'ax@example.org',
    description: 'Not x@example.org.uk; countrycode=91, mobileno=7700900210',
  };
  await ask('POST', '/leads', alex);
  await ask('POST', '/leads', {
    name: 'Mailer',
    email: 'x@example.org',
    description: 'ax@example.org x@example.org.uk',
  });
  const before = await world.query(
    'SELECT name, phone, description FROM leads WHERE phone IS DISTINCT FROM $1 ORDER BY id',
    ['+447700900210'],
  );
  await erase({ phone: '0044 7700 900210' });
  expect(await world.query('SELECT name, phone, description FROM leads ORDER BY id')).toEqual(before);
  expect(await touches()).toEqual(enquiry);
  await erase({ email: 'x@example.org' });
  const kept = await world.query<{ body: string }>(
    "SELECT convert_from(body, 'UTF8') AS body FROM submissions WHERE body IS NOT NULL ORDER BY id",
  );
  const sent = kept
    .map(({ body }) => JSON.parse(body))
    .filter(({ name }) => ['Longer', 'Abroad', 'Alex'].includes(name));
  expect(sent).toEqual([{ name: 'Longer', phone: '+4477009002105' }, { name: 'Abroad', phone: '+917700900210' }, alex]);
  expect(await world.query("SELECT email, description FROM leads WHERE name = 'Alex'")).toEqual([
    { email: alex.email, description: alex.description },
  ]);
});

test('mentions are removed from any number of notes and requests', async () => {
  await ask('POST', '/leads', { name: 'Peg Pages', email: 'pages@example.com' });
  const { body: friend } = await ask('POST', '/leads', { name: 'Friend', description: 'Knows pages@example.com' });
  await world.query(
    `INSERT INTO notes SELECT workspace_id, id, gen_random_uuid(), 'Met pages@example.com', 'system', now()
     FROM leads, generate_series(1, 700) WHERE id = $1`,
    [fromTypeId('lead', friend.id)],
  );
  await world.query(
    `INSERT INTO submissions SELECT (jsonb_populate_record(s, jsonb_build_object('id', uuid_from(now() - n * interval '1 s')))).*
     FROM submissions s, generate_series(1, 250) AS n WHERE lead_id = $1`,
    [fromTypeId('lead', friend.id)],
  );
  await erase({ email: 'pages@example.com' });
  expect(await world.query("SELECT 1 FROM notes WHERE text LIKE '%pages@%'")).toEqual([]);
  expect(await world.query("SELECT 1 FROM submissions WHERE convert_from(body, 'UTF8') LIKE '%pages@%'")).toEqual([]);
});

test('the name of an erased person is removed from the results of jobs, which still name other people', async () => {
  const [{ body: gone }, { body: stays }] = [
    await ask('POST', '/leads', { name: 'Jo Job', phone: '07700900251' }),
    await ask('POST', '/leads', { name: 'Stay Put', phone: '07700900252' }),
  ];
  const failures = [gone, stays].map(({ id, name }) => ({ id, name, reason: 'It is closed.' }));
  await world.query(
    `INSERT INTO jobs (workspace_id, id, kind, state, params, result, total, actor, run_at, created_at, updated_at)
     VALUES ($1, gen_random_uuid(), 'change-leads', 'done', '{}', $2, 2, 'system', now(), now(), now())`,
    [world.workspaceId, JSON.stringify({ failures })],
  );
  await erase({ phone: '07700900251' });
  const [job] = await world.query<{ result: object }>("SELECT result FROM jobs WHERE kind = 'change-leads'");
  expect(JSON.stringify(job?.result)).not.toContain('Jo Job');
  expect(job?.result).toMatchObject({ failures: [{ reason: 'It is closed.' }, failures[1]] });
});

test('a call that was added with the erased number by mistake no longer shows it', async () => {
  const { body: caller } = await ask('POST', '/leads', { name: 'Mistyped', phone: '07700900230', call: {} });
  await ask('PATCH', `/leads/${caller.id}`, { phone: '07700900231' });
  await ask('POST', '/leads', { name: 'Real Holder', phone: '07700900230', email: 'holder@example.com' });
  await erase({ phone: '07700900230', email: 'holder@example.com' });
  const calls = await world.query('SELECT phone, added_as FROM calls WHERE lead_id = $1', [
    fromTypeId('lead', caller.id),
  ]);
  expect(calls).toEqual([{ phone: '+447700900231', added_as: '[erased]' }]);
});

test('a finished call to a number corrected later, and other fields of that lead, no longer show it', async () => {
  const { body: wrong } = await ask('POST', '/leads', { name: 'Dialled Wrong', phone: '07700900240' });
  const owner = client(world, { cookie: await world.signIn(world.ownerId) });
  await owner('POST', `/leads/${wrong.id}/call-log`, { outcome_id: 'Interested' });
  await ask('PATCH', `/leads/${wrong.id}`, {
    phone: '07700900241',
    utm_content: 'ref=heidi@example.com',
    address: 'c/o 07700 900240',
  });
  await ask('POST', '/leads', { name: 'Heidi Holder', phone: '07700900240', email: 'heidi@example.com' });
  await erase({ phone: '07700900240', email: 'heidi@example.com' });
  const id = fromTypeId('lead', wrong.id);
  expect(await world.query('SELECT phone, state FROM calls WHERE lead_id = $1', [id])).toEqual([
    { phone: '[erased]', state: 'dialled' },
  ]);
  expect(await world.query('SELECT phone, utm_content, address FROM leads WHERE id = $1', [id])).toEqual([
    { phone: '+447700900241', utm_content: 'ref=[erased]', address: 'c/o [erased]' },
  ]);
});

test('leads that are the person’s only by a phone of another of their leads are erased too', async () => {
  await creating('POST', '/leads', { name: 'Pat First', phone: '07700900270', email: 'pat@example.com' });
  await creating('POST', '/leads', { name: 'Pat Second', phone: '07700900270' });
  expect(await erase({ email: 'pat@example.com' })).toMatchObject({ state: 'done', counts: { leads: 2 } });
  expect(await leadsNamed('Pat')).toBe(0);
});

test('a former phone of an erased person stays with whoever has it now', async () => {
  const { body: moved } = await ask('POST', '/leads', {
    name: 'Mo Moved',
    phone: '07700900260',
    email: 'mo@example.com',
  });
  await ask('PATCH', `/leads/${moved.id}`, { phone: '07700900261' });
  const holder = { phone: '+447700900260', email: 'hal@example.com', description: 'Ring 07700 900260' };
  const { body: stays } = await ask('POST', '/leads', { name: 'Hal Holder', ...holder });
  const mention = { description: 'Brother of Hal, 07700 900260' };
  const { body: brother } = await ask('POST', '/leads', { name: 'Hugh Holder', ...mention });
  await erase({ email: 'mo@example.com' });
  expect((await ask('GET', `/leads/${moved.id}`)).status).toBe(404);
  expect((await ask('GET', `/leads/${stays.id}`)).body).toMatchObject(holder);
  expect((await ask('GET', `/leads/${brother.id}`)).body).toMatchObject(mention);
});

test('notes can be kept on an anonymous lead, with the person removed from them', async () => {
  const { body: lead } = await ask('POST', '/leads', {
    name: 'Kate Kept',
    phone: '07700900220',
    custom: { size: 'L' },
  });
  await ask('POST', `/leads/${lead.id}/notes`, { text: 'Kate Kept (07700 900220) wants the blue one. Kept waiting.' });
  await erase({ lead_id: lead.id, notes: 'keep' });
  expect(lead.custom).toEqual({ size: 'L' });
  const anonymous = (await ask('GET', `/leads/${lead.id}`)).body;
  expect(anonymous).toMatchObject({ name: null, phone: null, number: lead.number });
  expect(anonymous.custom).toEqual({});
  expect(await world.query('SELECT 1 FROM lead_keys WHERE lead_id = $1', [fromTypeId('lead', lead.id)])).toEqual([]);
  const [note] = (await ask('GET', `/leads/${lead.id}/notes`)).body.data;
  expect(note.text).toBe('[erased] ([erased]) wants the blue one. [erased] waiting.');
  expect(await leadsNamed('Kate')).toBe(0);
});

test('a lead that was deleted before is erased with every request about it', async () => {
  const { body: lead } = await ask('POST', '/leads', { name: 'Gone Girl', email: 'gone@example.com' });
  await ask('PATCH', `/leads/${lead.id}`, { description: 'a word that only this one has: zyzzyva' });
  await ask('DELETE', `/leads/${lead.id}`);
  const certificate = await erase({ email: 'gone@example.com' });
  expect(certificate.counts.requests).toBeGreaterThanOrEqual(3);
  expect(JSON.stringify(await world.query('SELECT body, answer, query FROM submissions'))).not.toMatch(
    /zyzzyva|gone@/i,
  );
});

test('a later enquiry by an erased person is a new lead that says so; others are not mistaken for them', async () => {
  await ask('POST', '/leads', { name: 'Rita Return', email: 'rita@example.com' });
  await erase({ email: 'rita@example.com' });
  const { body: lead } = await ask('POST', '/leads', { name: 'Rita Return', email: 'Rita@example.com' });
  const timeline = async (id: string) => JSON.stringify((await ask('GET', `/leads/${id}/timeline`)).body);
  expect(await timeline(lead.id)).toMatch(/was erased on \d{4}-\d\d-\d\d/);
  const { body: other } = await ask('POST', '/leads', { name: 'Ria', email: 'ria@example.com' });
  expect(await timeline(other.id)).not.toContain('was erased');
});

test('a later enquiry with a phone that others share with an erased person is not taken for theirs', async () => {
  const phone = '07700900290';
  await creating('POST', '/leads', { name: 'Sid Shares', phone, email: 'sid@example.com' });
  await creating('POST', '/leads', { name: 'Sue Shares', phone, email: 'sue@example.com' });
  await erase({ email: 'sid@example.com', phone });
  const timelineOf = async (email: string) => {
    const { body: lead } = await creating('POST', '/leads', { name: 'Again', phone, email });
    return JSON.stringify((await ask('GET', `/leads/${lead.id}/timeline`)).body);
  };
  expect(await timelineOf('sue@example.com')).not.toContain('was erased');
  expect(await timelineOf('sid@example.com')).toContain('was erased');
});

test('an address in any script is erased in all spellings, and recognised by keys of earlier versions', async () => {
  const { body: knows } = await ask('POST', '/leads', { name: 'Knows', email: 'knows@example.com' });
  const text = 'Is STRASSE@xn--mnchen-3ya.example, not strasse@muenchen.example.';
  await ask('POST', `/leads/${knows.id}/notes`, { text });
  await ask('POST', '/leads', { name: 'Sven', email: 'straße@münchen.example' });
  await erase({ email: 'Straße@MÜNCHEN.example' });
  expect((await ask('GET', `/leads/${knows.id}/notes`)).body.data[0].text).toBe(
    'Is [erased], not strasse@muenchen.example.',
  );
  const wasErased = async (email: string) => {
    const { body: lead } = await creating('POST', '/leads', { name: 'Again', email });
    return JSON.stringify((await ask('GET', `/leads/${lead.id}/timeline`)).body).includes('was erased');
  };
  expect(await wasErased('straße@münchen.example')).toBe(true);
  const [home] = await world.query<{ privacy_key: Buffer }>('SELECT privacy_key FROM workspaces WHERE id = $1', [
    world.workspaceId,
  ]);
  const former = hashKey(home?.privacy_key ?? Buffer.alloc(0), { kind: 'email', value: 'großmann@köln.example' });
  await world.database.tx(world.workspaceId, (tx) => addErasedKeys(tx, [former], new Date()));
  expect(await wasErased('großmann@xn--kln-sna.example')).toBe(true);
  expect(await wasErased('Großmann@Köln.example')).toBe(true);
  expect(await wasErased('grosman@köln.example')).toBe(false);
});

test('an erasure without a job, because that was cancelled or failed too often, is resumed', async () => {
  await ask('POST', '/leads', { name: 'Stan Stuck', email: 'stan@example.com' });
  const { id } = await world.database.tx(world.workspaceId, async (tx) => {
    const found = await findPerson(tx, { email: 'stan@example.com' });
    if (isProblem(found)) throw new Error(found.kind);
    return beginErasure(tx, found.person, { actor: 'cli', keepsNotes: false }, new Date());
  });
  await enqueueDue(world.parts);
  world.setClock(new Date(Date.now() + 86_500_000));
  await enqueueDue(world.parts);
  await world.parts.jobs.runDue();
  world.setClock(undefined);
  expect((await ask('GET', `/erasures/${typeId('erasure', id)}`)).body.state).toBe('done');
  expect(await leadsNamed('Stan')).toBe(0);
});

test('a finished erasure is recorded outside the database, and does not say who was erased', async () => {
  await ask('POST', '/leads', { name: 'Uma Unnamed', email: 'uma@example.com' });
  const { id, state } = await erase({ email: 'uma@example.com' });
  expect([state, recorded]).toEqual(['done', expect.arrayContaining([id])]);
  const text = JSON.stringify(await world.query('SELECT * FROM erasures'));
  expect(text).not.toMatch(/uma|rita|paula|7700900/i);
  expect((await world.query('SELECT 1 FROM erasures WHERE subject IS NOT NULL')).length).toBe(0);
});

test('agents, managers and viewers can neither look up nor erase people', async () => {
  for (const role of ['manager', 'agent', 'viewer'] as const) {
    const member = client(world, { cookie: await world.signIn(await world.member({ role })) });
    expect((await member('POST', '/person-records', { email: 'a@example.com' })).status).toBe(403);
    expect((await member('POST', '/erasures', { email: 'a@example.com' })).status).toBe(403);
    expect((await member('GET', '/erasures')).status).toBe(403);
    expect((await member('GET', '/retention')).status).toBe(403);
  }
});
