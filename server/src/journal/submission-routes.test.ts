import { describe, expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const getlead = world.tokens.get('getlead') ?? '';

/** Sends a website contact as GetLead's clients do; returns the response and the submission stored for it. */
async function sendContact(fields: Record<string, string>) {
  const query = new URLSearchParams({ token: getlead, ...fields });
  const reply = await world.app.inject({ method: 'POST', url: `/api/gl-website-contacts?${query}` });
  const [submission] = (await ask('GET', '/submissions?dialect=getlead&limit=1')).body.data;
  return { reply, submission };
}

describe('the journal', () => {
  test('a request is stored with its response and without its secret', async () => {
    const { reply, submission } = await sendContact({
      countrycode: '91',
      mobileno: '9876543210',
      name: 'Asha',
      source: 'Website',
    });
    expect(submission).toMatchObject({
      dialect: 'getlead',
      outcome: 'accepted',
      status_code: reply.statusCode,
      method: 'POST',
    });
    const page = await ask('GET', `/submissions/${submission.id}`);
    expect(page.text).not.toContain(getlead);
    expect(page.body).toMatchObject({
      answer: reply.body,
      replays: [],
      request: { path: '/api/gl-website-contacts', body: '' },
    });
    expect(page.body.request.query).toContain('token=[redacted]');
    expect((await ask('GET', `/leads/${page.body.lead_id}`)).body.name).toBe('Asha');
  });

  test('it can be filtered by outcome, dialect and lead, and is paged', async () => {
    const lead = (await ask('POST', '/leads', { name: 'One' })).body;
    await ask('PATCH', `/leads/${lead.id}`, { city: 'York' });
    await ask('PATCH', `/leads/${lead.id}`, { email: 'x' });
    const list = async (query: string) => (await ask('GET', `/submissions?${query}`)).body;
    expect((await list(`lead_id=${lead.id}`)).data.map((line: { command: string }) => line.command)).toEqual([
      'updateLead',
      'createLead',
    ]);
    const [refused] = (await list('outcome=refused&dialect=native')).data;
    expect(refused).toMatchObject({
      command: null,
      problem: { kind: 'invalid', issues: [{ at: 'email', code: 'bad_email' }] },
    });
    const first = await list('limit=1');
    expect((await list(`limit=1&cursor=${first.next_cursor}`)).data[0].id).not.toBe(first.data[0].id);
    expect((await list('lead_id=nonsense')).data).toEqual([]);
    expect((await ask('GET', '/submissions?outcome=lost')).status).toBe(422);
  });

  test('read requests are not recorded in it', async () => {
    const before = (await ask('GET', '/submissions')).body.data[0].id;
    await ask('GET', '/leads');
    expect((await ask('GET', '/submissions')).body.data[0].id).toBe(before);
  });

  test('an unknown submission is 404', async () => {
    for (const id of ['x', '01900000-0000-7000-8000-000000000000']) {
      expect((await ask('GET', `/submissions/${id}`)).status).toBe(404);
      expect((await ask('POST', `/submissions/${id}/replay`, {})).status).toBe(404);
    }
  });
});

describe('replaying a request', () => {
  const refusedContact = async () => {
    const { submission } = await sendContact({ countrycode: '91', mobileno: '12', name: 'Mended', source: 'Website' });
    expect(submission.outcome).toBe('refused');
    return submission;
  };

  test('a dry run says what would happen and stores nothing', async () => {
    const { id } = await refusedContact();
    const tried = await ask('POST', `/submissions/${id}/replay`, { dry_run: true });
    expect(tried.body).toMatchObject({ outcome: 'refused', dry_run: true, lead_id: null });
    expect((await ask('GET', `/submissions/${id}`)).body.replays).toEqual([]);
  });

  test('a corrected body is accepted once, and the response that the sender got stays', async () => {
    const refused = await ask('POST', '/leads', '{"name":');
    const id = refused.body.instance.split('/').at(-1);
    const again = await ask('POST', `/submissions/${id}/replay`, { body: '{"name":"Mended"}' });
    expect(again.body).toMatchObject({ outcome: 'accepted', status_code: 201, problem: null, dry_run: false });
    expect((await ask('GET', `/leads/${again.body.lead_id}`)).body.name).toBe('Mended');
    const page = (await ask('GET', `/submissions/${id}`)).body;
    expect(page).toMatchObject({ outcome: 'accepted', status_code: 400, lead_id: again.body.lead_id });
    expect(page.request.body).toBe('{"name":');
    expect(page.replays).toMatchObject([{ outcome: 'accepted', status_code: 201 }]);
    const third = await ask('POST', `/submissions/${id}/replay`, {});
    expect([third.status, third.body.type]).toEqual([409, '/problems/already_replayed']);
  });

  test('three replays at once create one lead', async () => {
    const refused = await ask('POST', '/leads', '{"name":');
    const id = refused.body.instance.split('/').at(-1);
    const replies = await Promise.all(
      [1, 2, 3].map(() => ask('POST', `/submissions/${id}/replay`, { body: '{"name":"Thrice"}' })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await ask('GET', '/leads?q=thrice')).body.data).toHaveLength(1);
  });

  test('requests refused for an unknown name are accepted once the name exists', async () => {
    const sent = async () =>
      (await ask('POST', '/leads', { name: 'Waits for a type', type: 'Roofing' })).body.instance.split('/').at(-1);
    const ids = [await sent(), await sent()];
    await ask('POST', '/lead-types', { name: 'Roofing' });
    const rehearsed = await ask('POST', '/submissions/replay', { ids, dry_run: true });
    expect(rehearsed.body).toMatchObject({ tried: 2, outcomes: { accepted: 2 } });
    expect((await ask('GET', '/leads?type=Roofing')).body.data).toEqual([]);
    const done = await ask('POST', '/submissions/replay', { ids: [...ids, 'nonsense'] });
    expect(done.body).toMatchObject({ tried: 3, outcomes: { accepted: 2, skipped: 1 } });
    expect((await ask('GET', '/leads?type=Roofing')).body.data).toHaveLength(2);
    expect((await ask('POST', '/submissions/replay', { ids })).body.outcomes).toEqual({ skipped: 2 });
  });

  test('without ids all refused and failed requests are tried, or those of one dialect', async () => {
    await refusedContact();
    const result = (await ask('POST', '/submissions/replay', { dialect: 'getlead', dry_run: true })).body;
    expect(result.tried).toBeGreaterThan(0);
    expect(result.outcomes).toEqual({ refused: result.tried });
    expect((await ask('POST', '/submissions/replay', { outcome: 'accepted' })).status).toBe(422);
  });
});
