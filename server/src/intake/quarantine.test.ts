import { describe, expect, test } from 'vitest';
import { diallerPartner, person } from '../../test/dialler-partner.ts';
import { testWorld } from '../../test/world.ts';

const world = await testWorld();
const { ask, send: sendToDialler } = diallerPartner(world);
const list = async (query: string) => (await ask('GET', `/submissions?${query}`)).body.data;
const ids = async (query: string) => (await list(query)).map(({ id }: { id: string }) => id);

describe('the quarantine', () => {
  const groups = async () => (await ask('GET', '/submissions/groups')).body.data;
  const groupOf = async (value: string | null, field = 'type') =>
    (await groups()).find(
      (group: { value: string | null; field: string }) => group.value === value && group.field === field,
    );

  test('equal errors are grouped, and those in personal data only by field', async () => {
    const before = (await groupOf(null, 'email'))?.count ?? 0;
    const first = await sendToDialler(person({ type: 'roofin' }));
    const last = await sendToDialler(person({ type: 'roofin', first_name: 'Other' }));
    await sendToDialler(person({ email: 'a@b@c' }));
    await sendToDialler(person({ email: 'elsewhere' }));
    expect(await groupOf('roofin')).toMatchObject({
      count: 2,
      code: 'unknown_reference',
      dialect: 'dialler',
      detail: 'type: unknown value “roofin”',
      example_id: last,
    });
    expect(first).not.toBe(last);
    expect((await groupOf(null, 'email')).count).toBe(before + 2);
  });

  test('dismissed requests are left out of the groups until the dismissal is undone', async () => {
    await sendToDialler(person({ type: 'plumbin' }));
    await sendToDialler(person({ type: 'plumbin' }));
    const { dialect, code, field, value } = await groupOf('plumbin');
    const done = await ask('POST', '/submissions/dismiss', { group: { dialect, code, field, value } });
    expect(done.body.ids).toHaveLength(2);
    expect(await groupOf('plumbin')).toBeUndefined();
    expect(await ids('dismissed=true')).toEqual(expect.arrayContaining(done.body.ids));
    expect(await ids('dismissed=false')).not.toContain(done.body.ids[0]);
    expect((await ask('POST', '/submissions/dismiss', { ids: done.body.ids })).body.ids).toEqual([]);
    expect((await ask('POST', '/submissions/dismiss', { ids: done.body.ids, undo: true })).body.ids).toHaveLength(2);
    expect((await groupOf('plumbin')).count).toBe(2);
  });

  test('accepted requests cannot be dismissed', async () => {
    await sendToDialler(person());
    const [taken] = await list('outcome=accepted&limit=1');
    expect((await ask('POST', '/submissions/dismiss', { ids: [taken.id] })).body.ids).toEqual([]);
    expect((await ask('POST', '/submissions/dismiss', {})).status).toBe(422);
    expect((await ask('POST', '/submissions/dismiss', { ids: [], filter: {} })).status).toBe(422);
  });
});

describe('a replay job', () => {
  const phones = (at: number) => ({ mobile: `078402590${String(at).padStart(2, '0')}`, email: `p${at}@example.com` });
  const send = async (type: string, count: number) => {
    const sent = [];
    for (let at = 0; at < count; at += 1)
      sent.push(await sendToDialler(person({ type, ...phones(at), surname: type })));
    return sent;
  };
  const mendType = (from: string) => ({ edits: [{ path: 'type', from, to: 'Sales' }] });

  test('a group is corrected and accepted, and each result is reported', async () => {
    const sent = await send('carpentr', 3);
    const group = { dialect: 'dialler', code: 'unknown_reference', field: 'type', value: 'carpentr' };
    const job = await ask('POST', '/submissions/replays', { group, ...mendType('carpentr') });
    expect(job).toMatchObject({ status: 202, body: { kind: 'replay-submissions', total: 3, done: 0 } });
    await world.parts.jobs.runDue();
    expect((await ask('GET', `/jobs/${job.body.id}`)).body).toMatchObject({
      state: 'done',
      done: 3,
      failed: 0,
      result: { outcomes: { accepted: 3 } },
    });
    const results = (await ask('GET', `/submissions/replays/${job.body.id}`)).body.data;
    expect(results.map(({ submission_id }: { submission_id: string }) => submission_id)).toEqual(sent);
    expect(results[0]).toMatchObject({ outcome: 'accepted', detail: 'Asha carpentr, new lead' });
    expect((await ask('GET', `/submissions/${sent[0]}`)).body.replays[0].edited_body).toContain('"type":"Sales"');
  });

  test('requests accepted meanwhile are skipped, wrong ones are refused, and the rest is replayed', async () => {
    const [first = '', second = '', third = ''] = await send('electrica', 3);
    await ask('POST', `/submissions/${second}/replay`, { body: JSON.stringify(person({ ...phones(50) })) });
    const job = await ask('POST', '/submissions/replays', {
      ids: [third, second, first],
      edits: [
        { path: 'type', to: 'Sales' },
        { path: 'email', from: 'p0@example.com', to: 'none' },
      ],
    });
    await world.parts.jobs.runDue();
    expect((await ask('GET', `/jobs/${job.body.id}`)).body).toMatchObject({
      done: 3,
      failed: 2,
      result: { outcomes: { refused: 1, skipped: 1 } },
    });
    const results = (await ask('GET', `/submissions/replays/${job.body.id}`)).body.data;
    expect(results.map(({ outcome }: { outcome: string }) => outcome)[0]).toBe('refused');
    expect(results).toHaveLength(2);
  });

  test('an interrupted job continues after the requests it has already replayed', async () => {
    const sent = await send('stuccoin', 4);
    const job = (await ask('POST', '/submissions/replays', { ids: sent, ...mendType('stuccoin') })).body;
    const id = (await world.query<{ id: string }>('SELECT id FROM jobs ORDER BY id DESC LIMIT 1'))[0]?.id;
    await world.parts.jobs.runDue();
    // As if the process had ended before it recorded that the job was done.
    await world.query("UPDATE jobs SET state = 'running', run_at = now() - interval '1 day' WHERE id = $1", [id]);
    await world.parts.jobs.runDue();
    expect((await ask('GET', `/jobs/${job.id}`)).body).toMatchObject({ state: 'done', done: 4 });
    expect((await ask('GET', `/submissions/replays/${job.id}`)).body.data).toHaveLength(4);
  });

  test('all requests that match a filter are replayed, except dismissed ones', async () => {
    const sent = await send('glazin', 2);
    await ask('POST', '/submissions/dismiss', { ids: [sent[0]] });
    const token = await world.token('dialler', { name: 'Narrow' });
    await sendToDialler(person({ type: 'glazin' }), token);
    const job = await ask('POST', '/submissions/replays', {
      filter: {
        path: '/lead/add',
        field: 'type',
        from: new Date(Date.now() - 60_000).toISOString(),
        outcome: 'refused',
      },
    });
    const { ids: wanted } = (
      await world.query<{ params: { ids: string[] } }>('SELECT params FROM jobs ORDER BY id DESC LIMIT 1')
    )[0]?.params ?? { ids: [] };
    expect(wanted).toContain(sent[1]);
    expect(wanted).not.toContain(sent[0]);
    expect(job.body.total).toBe(wanted.length);
    await world.parts.jobs.runDue();
  });
});
