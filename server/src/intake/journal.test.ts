import { describe, expect, test } from 'vitest';
import { diallerPartner, person } from '../../test/dialler-partner.ts';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const { ask, newest, send: sendToDialler } = diallerPartner(world);
const secret = (dialect: string) => world.tokens.get(dialect) ?? '';

const list = async (query: string) => (await ask('GET', `/submissions?${query}`)).body.data;
const ids = async (query: string) => (await list(query)).map(({ id }: { id: string }) => id);

describe('the list', () => {
  test('an entry shows the token, the outcome and the lead of a request', async () => {
    await sendToDialler(person());
    const [taken] = await list('limit=1');
    expect(taken).toMatchObject({
      outcome: 'accepted',
      detail: 'Asha Rao, new lead',
      lead_name: 'Asha Rao',
      token_name: 'dialler of default',
      token_hint: expect.stringMatching(/^lw_/),
      replayed: false,
      dismissed_at: null,
    });
    await sendToDialler(person({ first_name: '', email: 'nowhere' }));
    const [refused] = await list('limit=1');
    expect(refused).toMatchObject({ outcome: 'refused', lead_name: null });
    expect(refused.detail).toMatch(/^(first_name: missing|email: not a valid email address) and 1 more$/);
  });

  test('it can be filtered by everything that an entry shows', async () => {
    const key = await world.token('dialler', { name: 'Another partner' });
    const token = (await ask('GET', '/tokens')).body.data.find(
      ({ name }: { name: string }) => name === 'Another partner',
    );
    const id = await sendToDialler(person({ mobile: 'none', email: 'nowhere' }), key);
    for (const query of [
      `token=${token.id}`,
      'outcome=refused,failed&path=LEAD%2Fadd',
      'status_code=400',
      'problem=invalid',
      'problem=bad_email',
      'field=email',
      `request_id=${id}`,
      `request_id=/v1/submissions/${id}`,
    ])
      expect(await ids(query), query).toContain(id);
    for (const query of [
      'token=01900000-0000-7000-8000-000000000000',
      'token=nonsense',
      'outcome=accepted,merged',
      'path=crm',
      'status_code=200',
      'problem=malformed',
      'problem=bad_json',
      'field=surname',
      'request_id=nonsense',
      'dialect=getlead',
    ])
      expect(await ids(query), query).not.toContain(id);
    expect((await ask('GET', '/submissions?outcome=refused,lost')).status).toBe(422);
    expect((await ask('GET', '/submissions?colour=red')).status).toBe(422);
  });

  test('requests are found by the phone or email of their lead', async () => {
    await sendToDialler(person({ first_name: 'Found', mobile: '07840258899', email: 'found@example.com' }));
    const id = await newest();
    expect(await ids('phone=07840 258899')).toContain(id);
    expect(await ids('phone=%2B447840258899&email=FOUND@example.com')).toContain(id);
    expect(await ids('phone=07840258898')).toEqual([]);
    expect(await ids('email=nonsense')).toEqual([]);
  });

  test('actions of members in the web app are shown only on request', async () => {
    const cookie = await world.signIn(world.ownerId);
    const created = await client(world, { cookie })('POST', '/leads', { name: 'By hand' });
    const lead = created.body.id;
    expect(await list(`lead_id=${lead}`)).toEqual([]);
    const [made] = await list(`lead_id=${lead}&by=member`);
    expect(made).toMatchObject({ member_name: 'Olive Owner', token_name: null, dialect: 'native' });
    expect(await ids('by=all')).toContain(made.id);
    expect(await ids(`request_id=${made.id}`)).toEqual([made.id]);
  });

  test('it goes back thirty days, or as far as requested', async () => {
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();
    const [{ old = '' } = {}] = await world.query<{ old: string }>('SELECT uuid_from($1)::text AS old', [day(40)]);
    const [now] = await list('limit=1');
    await world.query(
      `INSERT INTO submissions SELECT (jsonb_populate_record(s, jsonb_build_object('id', $2::text))).* FROM submissions s WHERE id = $1`,
      [now.id, old],
    );
    expect(await ids('')).not.toContain(old);
    expect(await ids(`from=${day(41)}&to=${day(39)}`)).toEqual([old]);
    expect(await ids(`to=${day(39)}`)).toEqual([old]);
    expect(await ids(`from=${day(39)}`)).not.toContain(old);
    expect(await ids(`request_id=${old}`)).toEqual([old]);
    expect((await ask('GET', '/submissions?from=yesterday')).status).toBe(422);
  });

  test('pages follow each other through several outcomes without a gap', async () => {
    const all = await ids('outcome=accepted,refused,merged,duplicate&limit=200');
    const paged: string[] = [];
    for (let cursor = ''; ; ) {
      const page = (await ask('GET', `/submissions?outcome=accepted,refused,merged,duplicate&limit=2${cursor}`)).body;
      paged.push(...page.data.map(({ id }: { id: string }) => id));
      if (!page.next_cursor) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    expect(paged).toEqual(all);
    expect(all.length).toBeGreaterThan(3);
  });
});

test('the summary counts what the list shows', async () => {
  await sendToDialler(person());
  const summary = (await ask('GET', '/submissions/summary')).body;
  const count = async (query: string) => (await ids(`${query}&limit=200`)).length;
  expect(summary).toMatchObject({
    all: await count(''),
    accepted: await count('outcome=accepted'),
    matched: await count('outcome=merged,duplicate'),
    refused: await count('outcome=refused'),
    failed: 0,
    test: 0,
    count_limit: 10_000,
    to: null,
  });
  expect(summary.matched).toBeGreaterThan(0);
  expect((await ask('GET', '/submissions/summary?lead_id=nonsense')).body.all).toBe(0);
});

describe('one request', () => {
  test('its page names each wrong value, its place, and what may have been meant', async () => {
    await ask('POST', '/lead-types', { name: 'Motor trade' });
    const id = await sendToDialler(person({ type: 'motor-trad' }));
    expect((await list('limit=1'))[0].detail).toBe('type: unknown value “motor-trad”');
    const page = (await ask('GET', `/submissions/${id}`)).body;
    const [fault] = page.errors;
    expect(fault).toMatchObject({
      field: 'type',
      code: 'unknown_reference',
      value: 'motor-trad',
      part: 'body',
      suggestion: 'Motor trade',
    });
    expect(page.request.body.slice(fault.start, fault.end)).toBe('"motor-trad"');
    expect(page).toMatchObject({
      replayable: true,
      request: { body_kind: 'json', headers: { 'user-agent': 'partner/1.0' } },
    });
  });

  test('the error of an unreadable body says where the body breaks', async () => {
    await world.app.inject({
      method: 'POST',
      url: `/lead/add?key=${secret('dialler')}`,
      payload: '{"mobile":"1",}',
    });
    const page = (await ask('GET', `/submissions/${await newest()}`)).body;
    expect(page.errors).toMatchObject([{ field: '', code: 'malformed', value: null, part: 'body', start: 14 }]);
  });

  test('its curl command has a placeholder for the secret', async () => {
    const id = await sendToDialler(person({ surname: "O'Hara", type: 'motor-trad' }));
    const { curl } = (await ask('GET', `/submissions/${id}/curl`)).body;
    expect(curl).not.toContain(secret('dialler'));
    expect(curl).toContain('/lead/add?key=YOUR_TOKEN');
    expect(curl).toContain("O'\\''Hara");
    expect(curl).toContain("-H 'content-type: application/json'");
    expect(curl).not.toContain('authorization');
    const own = (await ask('POST', '/leads', '{"name":')).body.instance.split('/').at(-1);
    expect((await ask('GET', `/submissions/${own}/curl`)).body.curl).toContain("-H 'authorization: Bearer YOUR_TOKEN'");
    expect((await ask('GET', '/submissions/x/curl')).status).toBe(404);
  });

  test('a dry run says what would happen, and whom it would match', async () => {
    const refused = await sendToDialler(person({ type: 'nothing like it' }));
    const tryIt = async (body: object) =>
      (await ask('POST', `/submissions/${refused}/replay`, { dry_run: true, ...body })).body;
    expect((await tryIt({})).detail).toBe('Would be refused: type: unknown value.');
    const fresh = person({ first_name: 'New', surname: 'Person', mobile: '07840258801', email: 'new@example.com' });
    expect(await tryIt({ body: JSON.stringify(fresh) })).toMatchObject({
      detail: 'Would create New Person.',
      lead_id: null,
    });
    const known = await tryIt({ body: JSON.stringify(person()) });
    expect(known.detail).toMatch(/^Would match Asha Rao/);
    expect(known.lead_id).toMatch(/^lead_/);
    expect((await ask('GET', '/leads?email=new@example.com')).body.data ?? []).toEqual([]);
  });
});

test('a corrected query is accepted like a corrected body', async () => {
  const token = secret('getlead');
  await world.app.inject({
    method: 'GET',
    url: `/api/gl-website-contacts?token=${token}&countrycode=91&mobileno=12&name=Q&source=Web`,
  });
  const id = await newest();
  const page = (await ask('GET', `/submissions/${id}`)).body;
  expect(page.errors).toMatchObject([{ field: 'mobileno', value: '12', part: 'query' }]);
  const query = page.request.query.replace('mobileno=12', 'mobileno=9876501234');
  expect(await ask('POST', `/submissions/${id}/replay`, { query })).toMatchObject({
    body: { outcome: 'accepted', detail: 'Q, new lead', lead_name: 'Q' },
  });
  const after = (await ask('GET', `/submissions/${id}`)).body;
  expect(after).toMatchObject({
    replayed: true,
    replays: [{ edited_query: query, edited_body: null }],
    request: { query: page.request.query },
  });
});

test('requests that fail for a reason of ours are kept as failed, and can be replayed', async () => {
  const { body: lead } = await ask('POST', '/leads', { name: 'Before' });
  await world.query(`CREATE FUNCTION fail_writes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'broken'; END $$;
    CREATE TRIGGER fail_writes BEFORE INSERT OR UPDATE ON leads FOR EACH ROW EXECUTE FUNCTION fail_writes()`);
  const replies = [
    await ask('POST', '/leads', { name: 'Unlucky' }),
    await ask('PATCH', `/leads/${lead.id}`, { name: 'After' }),
  ];
  await world.query('DROP TRIGGER fail_writes ON leads; DROP FUNCTION fail_writes');
  expect(replies.map(({ status }) => status)).toEqual([500, 500]);
  const failed = await list('outcome=failed');
  expect(failed).toMatchObject([
    { method: 'PATCH', status_code: 500, lead_name: null },
    { method: 'POST', status_code: 500, lead_name: null },
  ]);
  for (const { id } of failed)
    expect((await ask('POST', `/submissions/${id}/replay`, {})).body.outcome).toBe('accepted');
  expect((await ask('GET', `/leads/${lead.id}`)).body.name).toBe('After');
  expect(await list('outcome=failed')).toEqual([]);
});

test('a secret in a corrected body is not kept', async () => {
  const id = await sendToDialler(person({ type: 'nothing like it' }));
  const body = JSON.stringify(
    person({ key: secret('dialler'), type: 'Sales', mobile: '07840258802', email: 'k@example.com' }),
  );
  await ask('POST', `/submissions/${id}/replay`, { body });
  expect((await ask('GET', `/submissions/${id}`)).text).not.toContain(secret('dialler'));
  const other = await sendToDialler(person({ type: 'nothing like it' }));
  await ask('POST', `/submissions/${other}/replay`, { body: '{"type": "no such", "password": "corrected-1"}' });
  const edits = [
    { path: 'type', to: 'no such' },
    { path: 'surname', to: secret('dialler') },
    { path: 'password', to: 'corrected-2' },
  ];
  await ask('POST', '/submissions/replays', { ids: [other], edits });
  await world.parts.jobs.runDue();
  expect((await ask('GET', `/submissions/${other}`)).body.replays).toHaveLength(2);
  const stored = await world.query(
    'SELECT params::text, NULL FROM jobs UNION ALL SELECT convert_from(edited_body, $1), problem::text FROM replays',
    ['UTF8'],
  );
  const text = JSON.stringify(stored);
  for (const one of [secret('dialler'), 'corrected-1', 'corrected-2']) expect(text).not.toContain(one);
});
