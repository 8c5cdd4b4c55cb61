import { afterAll, expect, test } from 'vitest';
import { startSchedules } from '../src/jobs/job-scheduler.ts';
import { enqueue } from '../src/jobs/job-store.ts';
import { client, testWorld } from './world.ts';

const world = await testWorld();
const { workspaceId, parts, database } = world;
const ask = client(world, world.tokens.get('native'));

/** How long the stretches without a database last: several of the checks that come every 5 ms. */
const CHECKS = 5;

/** Makes the database refuse a look-up, as it refuses everything in an outage. */
const takeAway = (look: string) => world.query(`ALTER FUNCTION ${look} RENAME TO away`);
const bringBack = (look: string) => {
  const [name = '', types = ''] = look.split('(');
  return world.query(`ALTER FUNCTION away(${types} RENAME TO ${name}`);
};

const indexed = async () =>
  (await world.query("SELECT FROM lead_search WHERE text LIKE '%after the outage%'")).length > 0;
const retention = { kind: 'retention' as const, params: {}, total: 0, member_id: null, actor: 'system' };
const jobsDone = async () =>
  (await world.query("SELECT FROM jobs WHERE kind = 'retention' AND state = 'done'")).length > 0;

const work = [
  {
    what: 'the indexer',
    look: 'workspaces_to_index()',
    begin: () => ask('POST', '/leads', { name: 'After the outage' }),
    run: () => parts.indexer.run(),
    isDone: indexed,
  },
  {
    what: 'a lane of jobs',
    look: 'workspaces_with_jobs(text[], timestamptz)',
    begin: () => database.tx(workspaceId, (tx) => enqueue(tx, retention, parts.clock())),
    run: () => parts.jobs.runDue(),
    isDone: jobsDone,
  },
];

test.each(work.map((one) => [one.what, one] as const))(
  '%s works on after the database has refused it',
  async (_, one) => {
    const { look, begin, run, isDone } = one;
    await takeAway(look);
    try {
      await begin();
      for (let times = 0; times < 2; times += 1) await expect(run()).rejects.toThrow('does not exist');
      expect(await isDone()).toBe(false);
    } finally {
      await bringBack(look);
    }
    await run();
    expect(await isDone()).toBe(true);
  },
);

test('schedules that could not be looked at are looked at again, and each outage is reported once', async () => {
  const look = 'workspaces_to_schedule(text[], text[], timestamptz)';
  let [checks, reported] = [0, 0];
  const counting = {
    ...database,
    global: (...args: Parameters<typeof database.global>) => {
      checks += 1;
      return database.global(...args);
    },
  } as typeof database;
  const scheduled = () => world.query('SELECT FROM job_schedules WHERE workspace_id = $1', [workspaceId]);
  const after = async (more: number) => {
    const until = checks + more;
    await expect.poll(() => checks >= until, { interval: 5 }).toBe(true);
  };
  const end = startSchedules({
    database: counting,
    clock: parts.clock,
    checkEvery: 5,
    onError: () => {
      reported += 1;
    },
  });
  afterAll(end);
  for (const outage of [1, 2]) {
    await takeAway(look);
    await after(CHECKS);
    expect(reported).toBe(outage);
    await world.query('DELETE FROM job_schedules');
    await bringBack(look);
    await expect.poll(async () => (await scheduled()).length, { interval: 5 }).toBeGreaterThan(0);
  }
  await end();
});
