import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openOtherDoors, openStatusDoors, type Target } from '../../test/lead-doors.ts';
import { client, testWorld } from '../../test/world.ts';
import { leadFieldNames } from './fields.ts';
import { leadReferences } from './lead.ts';

/** Set `LEAD_RUNS=200` for a longer run. */
const numRuns = Number(process.env['LEAD_RUNS'] ?? 5);

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const lost = (await ask('POST', '/statuses', { name: 'Gone', state: 'lost' })).body;
const moves = await openStatusDoors(world);
const others = await openOtherDoors(world);
await world.query('INSERT INTO department_members SELECT workspace_id, id, $1, 1 FROM departments', [world.ownerId]);
await world.parts.changed(world.workspaceId);
const { status: ruled } = await ask('POST', '/lead-types', {
  name: 'Ruled',
  rules: [{ field: 'city', when: 'state', states: ['won', 'lost'] }],
});
expect(ruled).toBe(201);

type Row = Record<string, unknown>;
interface Change {
  field: string;
  from: unknown;
  to: unknown;
}
interface Started extends Target {
  row: Row;
}

let phones = 7_400_000_000;
/** Whether the status Gone means that a lead is lost. */
let meansLost = true;
const statuses = ['New', 'Contacted', 'Won', 'Lost', 'Gone', 'Cancelled'];
const reason = fc.option(fc.constantFrom('Price', 'Competitor'), { nil: undefined, freq: 5 });
const values = fc.record(
  {
    name: fc.constantFrom('Ann', 'Bo Li', null),
    city: fc.constantFrom('York', null),
    email: fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com', null),
    other_phone: fc.constantFrom('+447300000001', null),
    type: fc.constantFrom('Sales', 'Ruled'),
    lost_reason: fc.constantFrom('Price', null),
    department: fc.constantFrom('Sales', 'Support'),
    custom: fc.constantFrom({ Budget: 'low' }, { Budget: 'high' }),
  },
  { requiredKeys: [] },
);
const known = (given: object) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));

interface Step {
  take(lead: Target): Promise<{ status: number; text: string }>;
  /** How the report of a failing sequence shows the step. */
  [fc.toStringMethod]: () => string;
}
const named = (name: string, take: Step['take']): Step => ({ take, [fc.toStringMethod]: () => name });
const status = fc.constantFrom(...statuses);
const ways = Object.keys(moves);
const movingBy = (way: fc.Arbitrary<string>) =>
  fc
    .record({ door: way, status, reason })
    .map(({ door, status, reason }) =>
      named(`${door} ${status} ${reason ?? ''}`, (lead) =>
        moves[door as keyof typeof moves](lead, { status, ...(reason && { lost_reason: reason }) }),
      ),
    );
const lose = named('lose', (lead) => moves.patch(lead, { status: 'Lost', lost_reason: 'Price' }));
const writing = fc
  .record({ door: fc.constantFrom('edit', 'fill', 'overwrite', 'attach' as const), values })
  .map(({ door, values }) =>
    named(`${door} ${JSON.stringify(values)}`, (lead) =>
      others[door as 'edit'](lead, door === 'edit' ? values : known(values)),
    ),
  );
const rest = fc.constantFrom<Step[]>(
  ...(['reopen', 'stopCalling', 'allowCalling', 'planCall', 'planCallOnly', 'takeBack'] as const).map((door) =>
    named(door, (lead) => others[door](lead)),
  ),
  named('come twice at once', async (lead) => {
    const [first] = await Promise.all(['York', 'Bath'].map((city) => others.overwrite(lead, { city })));
    return first as Awaited<ReturnType<Step['take']>>;
  }),
  named('turn Gone', async () => {
    meansLost = !meansLost;
    const reply = await ask('PATCH', `/statuses/${lost.id}`, { state: meansLost ? 'lost' : 'open' });
    await world.parts.jobs.runDue();
    return reply;
  }),
  named('own', (lead) => others.owner(lead, world.ownerId)),
  named('disown', (lead) => others.owner(lead, null)),
  named('department', (lead) => others.department(lead, 'Support')),
  named('rephone', (lead) => {
    lead.phone = `+44${phones++}`;
    return others.edit(lead, { phone: lead.phone });
  }),
);
const step = fc.oneof(
  { arbitrary: movingBy(fc.constantFrom(...ways)), weight: 3 },
  { arbitrary: writing, weight: 2 },
  { arbitrary: rest, weight: 2 },
);

const rowOf = async (number: number): Promise<Row> => {
  const [found] = await world.query<{ row: Row }>('SELECT to_jsonb(l) AS row FROM leads l WHERE number = $1', [number]);
  return found?.row ?? {};
};

async function start(): Promise<Started> {
  const phone = `+44${phones++}`;
  const { id, number } = (await ask('POST', '/leads', { name: 'Ann', phone })).body;
  return { id, number, phone, row: await rowOf(number) };
}

const followed = [...leadReferences, ...leadFieldNames, 'contact_id'];

/** The lead's current state according to its timeline: its first state with every recorded change applied. */
async function replayed({ row }: Started): Promise<Row> {
  const told = await world.query<{ changes: Change[] | null }>(
    "SELECT detail -> 'changes' AS changes FROM activities WHERE lead_id = $1 ORDER BY id",
    [row['id']],
  );
  const lead: Row = { ...pick(row), do_not_call: false, custom: { ...(row['custom'] as Row) } };
  for (const { field, from, to } of told.flatMap(({ changes }) => changes ?? [])) {
    const [place, name] = field.startsWith('custom.') ? [lead['custom'] as Row, field.slice(7)] : [lead, field];
    if (!(name in place) && place === lead) continue;
    expect(from ?? null, `${field} was`).toEqual(place[name] ?? null);
    place[name] = to;
  }
  return lead;
}

const pick = (row: Row) => Object.fromEntries(followed.map((name) => [name, row[name] ?? null]));

/**
 * The keys by which a lead must be found: those of its row, and those that its submissions
 * brought and nobody corrected.
 */
async function keysOf({ row }: Started) {
  return world.query<{ kind: string; value: string }>(
    `SELECT kind, value FROM lead_keys WHERE lead_id = $1 UNION ALL
     SELECT kind, value FROM lead_twins WHERE lead_id = $1 AND NOT is_second`,
    [row['id']],
  );
}

async function check(lead: Started): Promise<void> {
  const row = await rowOf(lead.number);
  const doNotCall = row['do_not_call_since'] !== null;
  expect(await replayed(lead)).toEqual({ ...pick(row), do_not_call: doNotCall, custom: row['custom'] });
  // A submission that changes nothing still creates a version, announced only as an enquiry.
  const events = await world.query<{ version: string; created: string; updated: string; again: string }>(
    `SELECT lead_version AS version, count(*) FILTER (WHERE type = 'lead.created') AS created,
       count(*) FILTER (WHERE type = 'lead.updated') AS updated,
       count(*) FILTER (WHERE type = 'lead.enquired_again') AS again
     FROM events WHERE lead_id = $1 AND type LIKE 'lead.%' GROUP BY 1 ORDER BY 1`,
    [row['id']],
  );
  expect(events.map(({ version }) => Number(version))).toEqual(
    Array.from({ length: row['version'] as number }, (_, at) => at + 1),
  );
  for (const { version, created, updated, again } of events) {
    expect([version, created]).toEqual([version, version === '1' ? '1' : '0']);
    expect([version, updated]).toEqual([version, version === '1' || (again === '1' && updated === '0') ? '0' : '1']);
  }
  const state = (await ask('GET', '/statuses')).body.data.find(({ id }: Row) => id === row['status_id'])?.state;
  if (state !== 'lost') expect(row['lost_reason_id']).toBeNull();
  const keys = (await keysOf(lead)).map(({ kind, value }) => `${kind} ${value}`);
  expect(new Set(keys).size).toBe(keys.length);
  if (row['phone']) expect(keys.filter((key) => key.startsWith('phone'))).toEqual([`phone ${row['phone']}`]);
  if (row['email']) expect(keys).toContain(`email ${row['email']}`);
}

/** Checks that the search texts, counts and keys of all leads are right. */
async function checkAll(): Promise<void> {
  await world.parts.indexer.run();
  const stale = `SELECT l.number FROM leads l LEFT JOIN lead_search s ON s.lead_id = l.id
    WHERE s.text IS DISTINCT FROM lead_text(l)`;
  expect(await world.query(stale)).toEqual([]);
  expect(await world.query('SELECT 1 FROM lead_counts WHERE leads <> (SELECT count(*) FROM leads)')).toEqual([]);
  const unowned = `SELECT kind, value FROM lead_twins t WHERE NOT t.is_second AND NOT EXISTS (
    SELECT 1 FROM lead_keys k WHERE k.kind = t.kind AND k.value = t.value AND k.lead_id <> t.lead_id)`;
  expect(await world.query(unowned)).toEqual([]);
}

test('after any changes through any API, row, timeline, events, search and keys of a lead agree', async () => {
  const some = fc.array(fc.tuple(fc.nat(1), step), { maxLength: 25 });
  // Most rules concern lost leads, so one is moved through every door, in any order.
  const throughAll = fc.tuple(...ways.map((way) => fc.tuple(fc.constant(0), movingBy(fc.constant(way)))));
  const sequence = fc
    .tuple(some, throughAll)
    .chain(([others, all]) => fc.shuffledSubarray([...others, ...all], { minLength: others.length + all.length }))
    .map((steps) => steps.flatMap((step) => (step[0] === 0 ? [[0, lose] as const, step] : [step])));
  await fc.assert(
    fc.asyncProperty(sequence, async (steps) => {
      const leads = [await start(), await start()];
      for (const [at, step] of steps) {
        const reply = await step.take(leads[at] as Target);
        expect(reply.status, `${fc.stringify(step)}: ${reply.text}`).toBeLessThan(500);
      }
      for (const lead of leads) await check(lead);
      await checkAll();
    }),
    { numRuns, endOnFailure: numRuns < 10 },
  );
}, 600_000);
