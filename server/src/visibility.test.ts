import { beforeAll, describe, expect, test } from 'vitest';
import { type Answer, namesOf, readVisible, sumOf } from '../test/visible-answers.ts';
import { client, testWorld } from '../test/world.ts';
import { countCallsDue } from './badges/badge-store.ts';
import type { BoardKind } from './board/board-query.ts';
import { listCards, resolveFilter } from './board/board-store.ts';
import { sumColumns } from './board/count-cards.ts';
import { countCards } from './board/count-cards-store.ts';
import { listCalls } from './calls/call-store.ts';
import { countQueue } from './calls/figures-store.ts';
import { dueOfRank, findOffer, upcoming, waitingRanks } from './calls/queue-store.ts';
import { listDeals, sumDeals } from './deals/deal-list-store.ts';
import { listPossibleDuplicates } from './leads/duplicates/duplicate-store.ts';
import { getLead } from './leads/lead-store.ts';
import { countFacet } from './leads/list/lead-facet-store.ts';
import { countList, listLeads } from './leads/list/lead-list.ts';
import type { ListFilter } from './leads/list/lead-list-conditions.ts';
import { readLeads } from './leads/list/lead-list-store.ts';
import type { Tx } from './platform/database/transaction.ts';
import { fromTypeId, typeId } from './platform/ids.ts';
import { countMemberActivity } from './reports/agents-store.ts';
import { countByHour } from './reports/arrivals-store.ts';
import { countReached } from './reports/funnel-store.ts';
import { countByDayAndSource } from './reports/leads-by-day-store.ts';
import type { Cohort } from './reports/report.ts';
import { countBySource } from './reports/sources-store.ts';
import { measureWaits } from './reports/speed-store.ts';
import { countByStatus } from './reports/statuses-store.ts';
import { countDue, listTasks } from './tasks/task-list-store.ts';
import { type Visibility, visibilityOf, visibilitySettings } from './workspaces/access/visibility.ts';
import type { VisibilityLevel } from './workspaces/reference-data.ts';

const world = await testWorld();
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const memberId = await world.member({ name: 'Mia', role: 'manager' });
const mia = client(world, { cookie: await world.signIn(memberId) });
const colleagueId = await world.member({ name: 'Cole' });

/** For each level of visibility, which of the leads below the member sees. */
const visible: Readonly<Record<VisibilityLevel, readonly string[]>> = {
  own: ['Shared both', 'Shared mine'],
  team: ['Shared both', 'Shared colleague', 'Shared department', 'Shared mine'],
  all: [
    'Shared both',
    'Shared colleague',
    'Shared department',
    'Shared elsewhere',
    'Shared foreign',
    'Shared mine',
    'Shared nobody',
  ],
};
const owners: Readonly<Record<string, object>> = {
  'Shared mine': { owner: memberId },
  'Shared both': { owner: memberId, department: 'Sales' },
  'Shared colleague': { owner: colleagueId },
  'Shared department': { department: 'Sales' },
  'Shared elsewhere': { department: 'Support' },
  'Shared foreign': { owner: world.ownerId },
  'Shared nobody': {},
};
const kinds = Object.keys(visible) as VisibilityLevel[];
const ids = new Map<string, string>();
let [statusId, tagId, stageId] = ['', '', ''];
const HOUR = 3_600_000;
const now = new Date();
const soon = new Date(now.getTime() + HOUR);

beforeAll(async () => {
  tagId = (await owner('POST', '/tags', { name: 'Shared' })).body.id;
  for (const [name, whose] of Object.entries(owners)) {
    const email = 'shared@example.com';
    const phone = `0770090030${ids.size}`;
    const { body } = await owner('POST', '/leads', { name, email, phone, tags: ['Shared'], ...whose, call: {} });
    await owner('POST', `/leads/${body.id}/deals`, { name, stage: 'Open', amount: 1 });
    await owner('POST', `/leads/${body.id}/tasks`, { name, due_at: new Date(now.getTime() - HOUR).toISOString() });
    ids.set(name, fromTypeId('lead', body.id) ?? '');
  }
  await world.query(
    `INSERT INTO call_attempts (workspace_id, id, lead_id, member_id, ended_at)
     SELECT workspace_id, gen_random_uuid(), id, $2, now() FROM leads WHERE workspace_id = $1`,
    [world.workspaceId, world.ownerId],
  );
  // Members join only now, because a department assigns the leads it receives to its members.
  await world.query(
    `INSERT INTO department_members (workspace_id, department_id, member_id, position)
     SELECT $1, d.id, m, 1 FROM departments d, unnest($2::uuid[]) AS m WHERE d.workspace_id = $1 AND d.name = 'Sales'`,
    [world.workspaceId, [memberId, colleagueId]],
  );
  await world.parts.indexer.run();
  const [lead] = await world.query<{ status_id: string; stage_id: string }>(
    `SELECT l.status_id, d.stage_id FROM leads l JOIN deals d ON d.lead_id = l.id LIMIT 1`,
  );
  statusId = lead?.status_id ?? '';
  stageId = lead?.stage_id ?? '';
});

const cohort: Cohort = {
  from: '',
  to: '',
  today: '',
  start: new Date(now.getTime() - 24 * HOUR),
  end: new Date(now.getTime() + 24 * HOUR),
  departments: null,
  sources: null,
  owners: null,
  words: {},
};

type Asked = (tx: Tx, visibility: Visibility | undefined) => Promise<Answer>;

const leads =
  (filter: ListFilter, order: 'newest' | 'oldest' | 'next_step' | 'created' = 'newest'): Asked =>
  async (tx, visibility) =>
    namesOf((await listLeads(tx, { filter, order, visibility, limit: 50 })).leads);
const counted =
  (filter: ListFilter): Asked =>
  async (tx, visibility) =>
    (await countList(tx, { filter, order: 'newest', visibility })).count;
const text = { text: 'shared', digits: [] };

function board(kind: BoardKind, filter: ListFilter): Record<string, Asked> {
  const question = (visibility: Visibility | undefined) => ({
    kind,
    filter,
    visibility,
    columnId: kind === 'status' ? statusId : stageId,
    sort: 'next_step' as const,
    isOfClosedDeals: false,
  });
  const name = `${kind} of the board by ${Object.keys(filter)}`;
  return {
    [`cards of a ${name}`]: async (tx, visibility) => {
      const settled = await resolveFilter(tx, question(visibility));
      return namesOf((await listCards(tx, settled.question, { dayEnd: soon, limit: 50 })).map(({ card }) => card));
    },
    [`count of a ${name}`]: async (tx, visibility) => (await countCards(tx, question(visibility))).count,
    [`sums of a ${name}`]: async (tx, visibility) => {
      const sums = await sumColumns(tx, [question(visibility)]);
      return (sums?.(question(visibility)) ?? (await countCards(tx, question(visibility)))).count;
    },
  };
}

/** Everything that lists or counts leads, or what belongs to them, for a member who may not see all of them. */
const stores: Readonly<Record<string, Asked>> = {
  'leads, newest': leads({}),
  'leads, oldest': leads({}, 'oldest'),
  'leads by next step': leads({}, 'next_step'),
  'leads by creation': leads({ created_to: soon }, 'created'),
  'leads by id': (tx, visibility) => leads({ ids: [...ids.values()] })(tx, visibility),
  'leads by e-mail': leads({ keys: [{ kind: 'email', value: 'shared@example.com' }] }),
  'leads by owner': (tx, visibility) =>
    leads({ owner_ids: [memberId, colleagueId, world.ownerId, null] })(tx, visibility),
  'leads by status': (tx, visibility) => leads({ status_ids: [statusId] })(tx, visibility),
  'leads without a source': leads({ lacks: ['source'] }),
  'leads by tag': (tx, visibility) => leads({ tag_ids: [tagId] })(tx, visibility),
  'leads sorted by name': async (tx, visibility) => {
    const sort = { key: () => 'name', type: 'text', descending: true } as const;
    return namesOf((await listLeads(tx, { filter: {}, order: 'newest', sort, visibility, limit: 50 })).leads);
  },
  'leads by the values of a filter': async (tx, visibility) =>
    sumOf(await countFacet(tx, 'owner', { filter: {}, order: 'newest', visibility }, []), ({ count }) => count),
  'leads that hold a text': leads({ text }),
  'leads that hold a text too common for its index': async (tx, visibility) =>
    namesOf(
      (await readLeads(tx, { filter: {}, order: 'newest', visibility, patterns: ['%shared%'], limit: 50 })).leads,
    ),
  'leads by index of statuses': async (tx, visibility) =>
    namesOf(
      (
        await readLeads(tx, {
          filter: { status_ids: [statusId] },
          order: 'newest',
          visibility,
          byStatus: true,
          limit: 50,
        })
      ).leads,
    ),
  'count of leads': counted({}),
  'count of leads that hold a text': counted({ text }),
  'count of leads that wait': counted({ waiting_since: soon }),
  'possible duplicates': async (tx, visibility) => {
    const mine = await getLead(tx, ids.get('Shared mine') ?? '');
    return mine && namesOf([mine, ...(await listPossibleDuplicates(tx, mine, visibility))]);
  },
  deals: async (tx, visibility) => namesOf(await listDeals(tx, 'newest', { visibility }, 50)),
  'deals that hold a text': async (tx, visibility) =>
    namesOf(await listDeals(tx, 'amount', { visibility, text: 'shared' }, 50)),
  'sums of deals': async (tx, visibility) =>
    sumOf(await sumDeals(tx, { visibility }, '2026-01-01'), ({ count }) => count),
  'sums of deals that hold a text': async (tx, visibility) =>
    sumOf(await sumDeals(tx, { visibility, text: 's' }, '2026-01-01'), ({ count }) => count),
  tasks: async (tx, visibility) => namesOf(await listTasks(tx, 'newest', { visibility }, 50)),
  'tasks due': async (tx, visibility) => namesOf(await listTasks(tx, 'due', { visibility, until: now }, 50)),
  'tasks of nobody': async (tx, visibility) =>
    namesOf(await listTasks(tx, 'due', { visibility, assignee_id: null }, 50)),
  'tasks of each lead': async (tx, visibility) => {
    const found = [...ids.values()].map((lead_id) => listTasks(tx, 'newest', { visibility, lead_id }, 50));
    return namesOf((await Promise.all(found)).flat());
  },
  'count of tasks due': async (tx, visibility) =>
    (await countDue(tx, { visibility }, { now, endOfDay: now }, 50)).overdue,
  'due calls': async (tx, visibility) => {
    const found = (await waitingRanks(tx)).map((rank) => dueOfRank(tx, rank, { now: soon, visibility }, 50));
    return namesOf((await Promise.all(found)).flat().map(({ lead_name }) => ({ name: lead_name })));
  },
  'calls that wait for their time': async (tx, visibility) =>
    namesOf(
      (await upcoming(tx, { now: new Date(now.getTime() - HOUR), visibility }, 50)).map(({ lead_name }) => ({
        name: lead_name,
      })),
    ),
  'the waiting call of each lead': async (tx, visibility) => {
    const found = [...ids.values()].map((leadId) => findOffer(tx, { leadId }, { now: soon, visibility }));
    return namesOf((await Promise.all(found)).flatMap((offer) => (offer ? [{ name: offer.lead_name }] : [])));
  },
  calls: async (tx, visibility) => (await listCalls(tx, 50, { visibility })).length,
  'figures of the queue': async (tx, visibility) => (await countQueue(tx, { now: soon, visibility })).in_queue,
  'badge of calls due': (tx, visibility) => countCallsDue(tx, soon, visibility),
  ...board('status', {}),
  ...board('deal_stage', {}),
  ...board('status', { lacks: ['source'] }),
  'report by day': async (tx, visibility) =>
    sumOf(await countByDayAndSource(tx, { ...cohort, visibility }, 'UTC'), (row) => row.leads),
  'report by source': async (tx, visibility) =>
    sumOf(await countBySource(tx, { ...cohort, visibility }), (row) => row.leads),
  'report by status': async (tx, visibility) =>
    sumOf(await countByStatus(tx, { ...cohort, visibility }), (row) => row.leads),
  'report by hour': async (tx, visibility) =>
    sumOf(await countByHour(tx, { ...cohort, visibility }, 'UTC'), (row) => row.arrivals),
  'report of waits': async (tx, visibility) =>
    (await measureWaits(tx, { ...cohort, visibility }, 'UTC')).find(({ day }) => day === null)?.leads,
  'report of the funnel': async (tx, visibility) =>
    (await countReached(tx, { ...cohort, visibility }, [{ status_id: statusId, step: 0 }], 1))[0]?.leads,
  'report of calls by member': async (tx, visibility) =>
    sumOf(await countMemberActivity(tx, { ...cohort, visibility }, [world.ownerId]), (row) => row.calls),
};

async function seeAs(sees: VisibilityLevel): Promise<Visibility | undefined> {
  await world.query('UPDATE members SET sees = $2 WHERE id = $1', [memberId, sees]);
  await world.parts.changed(world.workspaceId);
  const referenceData = await world.parts.referenceCache.get(world.workspaceId);
  const member = referenceData.get('member', memberId);
  return member && visibilityOf(member, referenceData);
}

const expected = (sees: VisibilityLevel, answer: Answer) =>
  typeof answer === 'number' ? visible[sees].length : [...visible[sees]];

describe.each(kinds)('for a member who sees %s', (sees) => {
  let visibility: Visibility | undefined;
  beforeAll(async () => {
    visibility = await seeAs(sees);
  });

  // Without the setting that row-level security reads, only the statement itself limits what is returned.
  test.each(Object.keys(stores))('the store restricts %s without row-level security', async (name) => {
    const answer = await world.database.tx(world.workspaceId, async (tx) => stores[name]?.(tx, visibility));
    expect(answer).toEqual(expected(sees, answer));
  });

  test('the database shows no more, whatever a statement selects', async () => {
    const settings = visibilitySettings(visibility);
    const counted = await world.database.tx(
      world.workspaceId,
      async (tx) =>
        tx.query<{ leads: number; deals: number; calls: number }>(
          `SELECT (SELECT count(*)::int FROM leads) AS leads, (SELECT count(*)::int FROM deals) AS deals,
             (SELECT count(*)::int FROM calls) AS calls`,
        ),
      { settings },
    );
    const count = visible[sees].length;
    expect(counted).toEqual([{ leads: count, deals: count, calls: count }]);
    // A task is also shown to the member who is to do it.
    const tables = await world.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_policies JOIN pg_class ON relname = tablename AND NOT relispartition
       WHERE qual LIKE '%seen.id%' AND tablename <> 'tasks'`,
    );
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['activities', 'lead_tags', 'submissions']));
    const others = tables.map(
      ({ name }) => `SELECT '${name}' AS name FROM ${name} t WHERE lead_id IS NOT NULL
         AND NOT EXISTS (SELECT FROM leads l WHERE l.workspace_id = t.workspace_id AND l.id = t.lead_id)`,
    );
    const shown = world.database.tx(world.workspaceId, (tx) => tx.query(others.join(' UNION ALL ')), { settings });
    expect(await shown).toEqual([]);
  });

  test.each(Object.entries(readVisible))('GET %s returns only what is visible', async (path, read) => {
    const url = path.replace('{status}', statusId).replace('{lead}', typeId('lead', ids.get('Shared mine') ?? ''));
    const { status, body } = await mia('GET', url);
    expect(status).toBe(200);
    const answer = read(body);
    expect(answer).toEqual(expected(sees, answer));
  });
});
