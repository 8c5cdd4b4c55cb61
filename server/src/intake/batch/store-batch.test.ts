import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { aWorkspace, createLead, testIntake } from '../../../test/test-intake.ts';
import type { LeadDraft } from '../command.ts';

const { db, connections, query } = await testDatabase();

test('while the disk is almost full, leads are refused for now; a full disk is reported at once', async () => {
  const workspaceId = await aWorkspace(db, query);
  let isLow = true;
  let spent = 0;
  const spend = async () => {
    spent += 1;
  };
  const full = { ...db, tx: async () => Promise.reject(Object.assign(new Error('no space'), { code: '53100' })) };
  const options = { disk: { isLow: () => isLow, spend }, database: full };
  const { ask, close } = testIntake(db, connections.app, workspaceId, 1, options);
  expect(await ask(createLead({ values: { name: 'Ann' } }))).toEqual({ kind: 'unavailable', retryAfterSeconds: 10 });
  expect(await query('SELECT FROM submissions WHERE workspace_id = $1', [workspaceId])).toEqual([]);
  isLow = false;
  const note = { kind: 'addNote', lead: { by: 'number', number: 1 }, text: 'x' } as const;
  expect(await ask(note)).toEqual({ kind: 'unavailable', retryAfterSeconds: 2 });
  expect(spent).toBe(1);
  await close();
});

const person = (n: number, more: LeadDraft['values'] = {}): LeadDraft => ({
  values: { name: `Person ${n}`, email: `p${n}@example.com`, ...more },
  phone: { sent: `07840 2588${String(n).padStart(2, '0')}` },
});
describe.each([256, 1])('with at most %i requests in a commit', async (mostGathered) => {
  const workspaceId = await aWorkspace(db, query);
  const agentContext = testIntake(db, connections.app, workspaceId, mostGathered);
  afterAll(() => agentContext.close());
  const rows = (table: string, leadId: string) =>
    query(`SELECT * FROM ${table} WHERE workspace_id = $1 AND lead_id = $2`, [workspaceId, leadId]);

  test('a new person becomes a lead with one touch, an activity with a reason, an event and a submission', async () => {
    const answer = await agentContext.ask(createLead(person(1)));
    expect(answer.did).toBe('created');
    expect(await rows('touches', answer.id)).toHaveLength(1);
    expect((await rows('activities', answer.id))[0]).toMatchObject({
      kind: 'lead_created',
      reason: 'No lead had this phone or email.',
    });
    expect((await rows('events', answer.id))[0]).toMatchObject({ type: 'lead.created' });
    expect((await rows('submissions', answer.id))[0]).toMatchObject({ outcome: 'accepted', status_code: 200 });
  });

  test('twenty simultaneous requests about one person make one lead with twenty touches', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => agentContext.ask(createLead(person(2, { city: `City ${n}` })))),
    );
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(answers.filter((answer) => answer.did === 'created')).toHaveLength(1);
    expect(await rows('touches', answers[0].id)).toHaveLength(20);
    const [lead] = await query<{ touch_count: number }>('SELECT touch_count FROM leads WHERE id = $1', [answers[0].id]);
    expect(lead?.touch_count).toBe(20);
  });

  test('identical content sent at once makes one touch, and every copy gets the same answer', async () => {
    const over = { repeats_by_content: true };
    const answers = await Promise.all(Array.from({ length: 12 }, () => agentContext.ask(createLead(person(3)), over)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await rows('touches', answers[0].id)).toHaveLength(1);
    expect((await rows('submissions', answers[0].id)).map((row) => row['outcome']).sort()).toEqual([
      'accepted',
      ...Array(11).fill('duplicate'),
    ]);
  });

  test('merging fills blanks, or overwrites if the caller’s merge style says so', async () => {
    const { id } = await agentContext.ask(createLead(person(4, { city: 'Leeds' })));
    await agentContext.ask(createLead(person(4, { city: 'York', company_name: 'Acme' })));
    const read = async () => (await query('SELECT city, company_name FROM leads WHERE id = $1', [id]))[0];
    expect(await read()).toEqual({ city: 'Leeds', company_name: 'Acme' });
    await agentContext.ask(createLead(person(4, { city: 'York' })), { merge_style: 'overwrite' });
    expect(await read()).toEqual({ city: 'York', company_name: 'Acme' });
  });

  test('an email finds the lead when the phone is new, and the new phone finds it from then on', async () => {
    const { id } = await agentContext.ask(createLead(person(5)));
    const other = { values: { email: 'P5@Example.com' }, phone: { sent: '+44 7840 258899' } };
    expect(await agentContext.ask(createLead(other))).toMatchObject({ did: 'merged', id });
    expect(await agentContext.ask(createLead({ values: {}, phone: { sent: '07840258899' } }))).toMatchObject({ id });
  });

  test('notes and calls are stored whatever else is in the batch', async () => {
    const ask = (n: number, more: object = {}) => agentContext.ask({ ...createLead(person(n)), ...more });
    const [note, call] = [{ note: 'Ring after six' }, { call: { delaySeconds: 60 } }];
    const stored = async (id: string) => ({
      notes: (await rows('notes', id)).length,
      calls: (await rows('calls', id)).length,
    });
    for (const [n, more] of [{}, note, call, { ...note, ...call }].entries()) {
      const wanted = { notes: 'note' in more ? 1 : 0, calls: 'call' in more ? 1 : 0 };
      const { id } = await ask(60 + n, more);
      expect(await stored(id)).toEqual(wanted);
      // In one batch: a known lead with a note, a new lead with nothing else, and a new lead with the same extras.
      const [again] = await Promise.all([ask(60 + n, note), ask(70 + n), ask(80 + n, more)]);
      expect(again).toMatchObject({ id, did: 'merged' });
      expect(await stored(id)).toEqual({ ...wanted, notes: wanted.notes + 1 });
    }
  });

  test('a policy of create makes a new lead and stores the shared keys as twins', async () => {
    const first = await agentContext.ask(createLead(person(6)));
    const second = await agentContext.ask(createLead(person(6)), { policy: 'create' });
    expect(second).toMatchObject({ did: 'created' });
    expect(second.id).not.toBe(first.id);
    expect(await rows('lead_twins', second.id)).toHaveLength(2);
  });

  test('a policy of create makes a new lead even next to a request that is merged into the known one', async () => {
    const first = await agentContext.ask(createLead(person(61)));
    const both = [{}, { policy: 'create' }] as const;
    const [merged, made] = await Promise.all(both.map((by) => agentContext.ask(createLead(person(61)), by)));
    expect(merged).toMatchObject({ did: 'merged', id: first.id });
    expect(made).toMatchObject({ did: 'created' });
  });

  test('a policy of refuse answers with a duplicate conflict', async () => {
    await agentContext.ask(createLead(person(7)));
    expect(await agentContext.ask(createLead(person(7)), { policy: 'refuse' })).toEqual({
      kind: 'conflict',
      code: 'duplicate_lead',
    });
  });

  test('test mode answers like a real request but creates no lead', async () => {
    const answer = await agentContext.ask(createLead(person(8)), { test_mode: true });
    expect(answer.did).toBe('rehearsed');
    expect(await query('SELECT 1 FROM leads WHERE id = $1', [answer.id])).toHaveLength(0);
  });

  test('the same idempotency key gives the same bytes; another body with it is refused', async () => {
    const idempotency = { key: 'abc', fingerprint: Buffer.from('one') };
    const over = { token_id: null, policy: 'create' } as const;
    const [a, b] = await Promise.all([
      agentContext.ask(createLead(person(9)), over, { idempotency }),
      agentContext.ask(createLead(person(9)), over, { idempotency }),
    ]);
    expect(a).toEqual(b);
    expect(await agentContext.ask(createLead(person(9)), over, { idempotency })).toEqual(a);
    const changed = { key: 'abc', fingerprint: Buffer.from('two') };
    expect(await agentContext.ask(createLead(person(10)), over, { idempotency: changed })).toEqual({
      kind: 'conflict',
      code: 'idempotency_mismatch',
    });
  });

  test('characters that PostgreSQL cannot store are removed or replaced, and the lead is kept', async () => {
    const nasty = { name: 'A\0B \ud800 \\u0000', city: 'x' };
    const { id } = await agentContext.ask(
      createLead({
        values: nasty,
        custom: [
          ['__proto__', { a: '\0' }],
          ['constructor', 'c'],
        ],
      }),
    );
    const [lead] = await query<{ name: string; custom: object }>('SELECT name, custom FROM leads WHERE id = $1', [id]);
    expect(lead?.name).toBe('AB \ufffd \\u0000');
    expect(Object.entries(lead?.custom ?? {})).toEqual([
      ['__proto__', { a: '' }],
      ['constructor', 'c'],
    ]);
  });

  test('a call is planned once, a second request is told so, and a cancelled call can be planned again', async () => {
    const [type] = await query<{ id: string }>('SELECT id FROM lead_types WHERE workspace_id = $1 LIMIT 1', [
      workspaceId,
    ]);
    const draft = { ...person(11), references: { type_id: type?.id ?? '' } };
    const ask = () => agentContext.ask(createLead(draft, { call: { delaySeconds: 60 } }), { policy: 'attach' });
    expect((await ask()).call).toBe('scheduled');
    expect((await ask()).call).toBe('already_scheduled');
    const cancel = { kind: 'cancelCall', phone: { sent: '07840258811' }, type_id: type?.id ?? '' } as const;
    expect(await agentContext.ask(cancel)).toMatchObject({ kind: 'call_cancelled' });
    expect(await agentContext.ask(cancel)).toMatchObject({ kind: 'not_found' });
    expect((await ask()).call).toBe('scheduled');
    await query("UPDATE calls SET state = 'dialled' WHERE state = 'pending'");
    expect((await ask()).call).toBe('existing_contact');
    expect(await agentContext.ask(cancel)).toEqual({ kind: 'conflict', code: 'already_processed' });
  });
});
