import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openOtherDoors, openStatusDoors, type Target } from '../../test/lead-doors.ts';
import { client, testWorld } from '../../test/world.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { lockInWorkspace } from '../platform/database/workspace-lock-store.ts';
import { uuidv7 } from '../platform/ids.ts';
import { type Visibility, visibilitySettings } from '../workspaces/access/visibility.ts';
import { agents } from './agents.ts';
import { arrivals } from './arrivals.ts';
import { funnel } from './funnel.ts';
import { leadsByDay } from './leads-by-day.ts';
import { openFigures } from './open-figures.ts';
import type { Cohort, Report } from './report.ts';
import { readCohort } from './report-query.ts';
import { sources } from './sources.ts';
import { speedToLead } from './speed-to-lead.ts';
import { statuses } from './statuses.ts';

/** Number of random runs; set `FIGURE_RUNS=100` for more. */
const numRuns = Number(process.env['FIGURE_RUNS'] ?? 1);

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const member = client(world, { cookie: await world.signIn(world.ownerId) });
const [status, other] = [await openStatusDoors(world), await openOtherDoors(world)];
const tom = await world.member({ name: 'Tom' });
await world.query('INSERT INTO department_members SELECT workspace_id, id, $1, 1 FROM departments', [world.ownerId]);
const [sales] = await world.query<{ id: string }>("SELECT id FROM departments WHERE name = 'Sales'");
await world.parts.changed(world.workspaceId);

const reports = [leadsByDay, sources, statuses, funnel, speedToLead, agents, arrivals] as unknown as Report[];
const team: Visibility = { owners: [tom], departments: [sales?.id ?? ''] };
const cohorts: [query: Record<string, string>, visibility?: Visibility][] = [
  [{}],
  [{ source: 'Website' }],
  [{ department: 'Sales' }],
  [{ department: 'Sales,Support', source: 'Phone,Website' }],
  [{ owner: 'none' }],
  [{ owner: `none,${tom}` }],
  [{ owner: tom, source: 'Website' }],
  [{}, team],
  [{ owner: tom }, { owners: [tom], departments: [] }],
];
const days = 7;

type Asked = { tx: Tx; make(report: Report, figures: Cohort['figures']): Promise<object>; figures: Cohort['figures'] };

interface AskedFor {
  owner?: string;
  /** Empty if all leads are visible. */
  seen: string;
}

/** Runs `work` for every cohort, with its visibility and in one snapshot. */
async function forEachCohort(work: (query: AskedFor, asked: Asked) => Promise<void>): Promise<void> {
  const referenceData = await world.parts.referenceCache.get(world.workspaceId);
  const caller = { member_id: null } as never;
  for (const [query, visibility] of cohorts) {
    const at = new Date();
    const read = { referenceData, at, caller, ...(visibility && { visibility }) };
    const from = new Date(at.getTime() - days * 86_400_000).toISOString().slice(0, 10);
    const cohort = readCohort({ from, ...query }, read as never);
    const settings = visibilitySettings(visibility);
    const seen = visibility ? 'as seen by some' : '';
    const ask = async (tx: Tx) => {
      const make: Asked['make'] = (report, figures) =>
        report.make({ tx, referenceData, cohort: { ...cohort, figures }, list: () => '' });
      await work({ ...query, seen }, { tx, make, figures: await openFigures(tx, referenceData) });
    };
    await world.database.tx(world.workspaceId, ask, { settings, oneMoment: true });
  }
}

/** Compares every report for every cohort: from the figures, and from plain SQL over leads, moves and calls. */
const expectEqual = (isReady = true) =>
  forEachCohort(async (query, { make, figures }) => {
    expect(figures !== undefined).toBe(isReady);
    for (const report of reports) {
      const [figured, counted] = [await make(report, figures), await make(report, undefined)];
      expect({ report: report.name, query, ...figured }).toEqual({ report: report.name, query, ...counted });
    }
  });

interface Step {
  take(lead: Target): Promise<unknown>;
  [fc.toStringMethod]: () => string;
}
const named = (name: string, take: Step['take']): Step => ({ take, [fc.toStringMethod]: () => name });
const origin = {
  source: fc.constantFrom('Website', 'Phone', undefined),
  department: fc.constantFrom('Sales', 'Support', undefined),
};
let phones = 7_400_000_000;

/** Adds a lead, and a copy of it that arrived earlier, whose id begins with that time. Returns one of the two. */
async function arrive(daysAgo: number, minutes: number, more: object): Promise<Target> {
  const phone = `+44${phones++}`;
  const { id, number } = (await ask('POST', '/leads', { name: 'Ann', phone, call: {}, ...more })).body;
  const at = new Date(Date.now() - daysAgo * 86_400_000 - minutes * 60_000);
  const past = at.getTime().toString(16).padStart(12, '0');
  const pastId = `${past.slice(0, 8)}-${past.slice(8)}-7${uuidv7().slice(15)}`;
  await world.query(
    `INSERT INTO leads (workspace_id, id, number, status_id, source_id, department_id, owner_id, created_at, updated_at)
     SELECT workspace_id, $2, nextval('lead_numbers'), status_id, source_id, department_id, owner_id, $3, $3 FROM leads WHERE number = $1`,
    [number, pastId, at.toISOString()],
  );
  await world.query(
    'INSERT INTO index_queue (workspace_id, lead_ids, delta) SELECT workspace_id, ARRAY[id], 1 FROM leads WHERE id = $1',
    [pastId],
  );
  return { id: daysAgo % 2 ? pastId : id, number, phone };
}

const lead = fc.record({ ...origin, daysAgo: fc.nat(days), minutes: fc.nat(1_440) });
const step = fc.oneof(
  fc
    .record({
      door: fc.constantFrom('patch', 'board', 'call', 'undo', 'bulk'),
      to: fc.constantFrom('New', 'Contacted', 'Qualified', 'Won', 'Lost'),
    })
    .map(({ door, to }) =>
      named(`${door} ${to}`, (one) => status[door as 'patch'](one, { status: to, lost_reason: 'Price' })),
    ),
  fc.record(origin).map((values) => named(`edit ${JSON.stringify(values)}`, (one) => other.edit(one, values))),
  fc.constantFrom(tom, world.ownerId, null).map((owner) => named(`own ${owner}`, (one) => other.owner(one, owner))),
);
const rest: Step[] = [
  named('call', ({ id }) => member('POST', `/leads/${id}/call-log`, { outcome: 'Interested', talk_seconds: 40 })),
  named('come again', (one) => other.overwrite(one, { source: 'Phone' })),
  named('delete', ({ id }) => ask('DELETE', `/leads/${id}`)),
  named('delete', ({ id }) => ask('DELETE', `/leads/${id}`)),
  named('restore', async () => {
    const [binned] = (await member('GET', '/bin')).body.data;
    if (binned) await member('POST', `/bin/${binned.id}/restore`);
  }),
  named('erase', async ({ phone }) => {
    await member('POST', '/erasures', { phone });
    await world.parts.jobs.runDue();
  }),
];
const index = named('index', () => world.parts.indexer.run());

test('after any history of leads, reports from figures equal those counted from leads', async () => {
  await world.parts.indexer.run();
  await fc.assert(
    fc.asyncProperty(
      fc.array(lead, { minLength: 4, maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(7), step), { minLength: 12, maxLength: 20 }),
      fc.tuple(...[0, 1].map(() => fc.shuffledSubarray([...rest, index], { minLength: rest.length + 1 }))),
      async (made, moves, others) => {
        const leads: Target[] = [];
        for (const { daysAgo, minutes, ...more } of made) leads.push(await arrive(daysAgo, minutes, more));
        const half = Math.floor(moves.length / 2);
        const [before, after] = [moves.slice(0, half), moves.slice(half)].map((some, part) =>
          [...some, ...(others[part] ?? []).map((one, at): [number, Step] => [part * 3 + at, one])].sort(
            (a, b) => a[0] - b[0],
          ),
        );
        const take = async (some: [number, Step][] = []) => {
          for (const [at, one] of some) await one.take(leads[at % leads.length] as Target);
        };
        await take(before);
        // Everything that follows waits in the queue until it has been compared.
        await unindexed(async () => {
          await take(after?.filter(([, one]) => one !== index));
          expect(await world.query('SELECT 1 FROM index_queue')).not.toEqual([]);
          await expectEqual();
        });
        await world.parts.indexer.run();
        expect(await world.query('SELECT 1 FROM index_queue')).toEqual([]);
        await expectEqual();
      },
    ),
    { numRuns, ...(numRuns === 1 && { seed: 7 }), endOnFailure: true },
  );
});

test('once all leads are in the figures, reports read no leads, moves or calls, whatever the filters', async () => {
  for (const more of [{ source: 'Website' }, { department: 'Sales' }, { owner: tom }])
    await status.call(await arrive(1, 10, more), { status: 'Contacted' });
  await world.parts.indexer.run();
  const kept = ['leads', 'lead_moves', 'calls', 'call_attempts'];
  // A row for each lead is read only for single owners, or if not all leads are visible.
  const isOfAll = ({ seen, owner = 'none' }: AskedFor) => seen === '' && owner === 'none';
  const read = `SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::int AS rows FROM pg_stat_xact_user_tables
    WHERE relname = ANY ($1)`;
  await forEachCohort(async (query, { tx, make, figures }) => {
    for (const report of reports) {
      // Which calls members see depends on who owns the leads now.
      const isSwept = report === (agents as unknown as Report) && query.seen !== '';
      const tables = isOfAll(query) ? [...kept, 'lead_facts'] : kept;
      const before = await tx.query(read, [tables]);
      await make(report, figures);
      const after = await tx.query(read, [tables]);
      if (!isSwept)
        expect({ report: report.name, query, read: after }).toEqual({ report: report.name, query, read: before });
    }
  });
});

test('after a change of time zone or status order, reports count leads until the figures are rebuilt', async () => {
  await unindexed(async () => {
    await member('PATCH', '/workspace', { time_zone: 'Pacific/Auckland' });
    await expectEqual(false);
  });
  await world.parts.indexer.run();
  await expectEqual();
  const all = (await ask('GET', '/statuses')).body.data as { id: string; name: string }[];
  await unindexed(async () => {
    const order = all.map(({ id }) => id).reverse();
    expect((await member('PUT', '/statuses/order', { ids: order })).status).toBe(200);
    await expectEqual(false);
  });
  await world.parts.indexer.run();
  await expectEqual();
});

/** Does something while the consumer of the index queue waits. */
const unindexed = (work: () => Promise<void>) =>
  world.database.tx(world.workspaceId, async (tx) => {
    await lockInWorkspace(tx, 'index');
    await work();
  });
