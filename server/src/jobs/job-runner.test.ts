import { afterEach, beforeAll, expect, test } from 'vitest';
import { testKeyring, testWorld } from '../../test/world.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { poll } from '../platform/time/wait.ts';
import { openServerContext } from '../server-context.ts';
import type { EffectHandler, JobHandler, Step } from './job-handler.ts';
import type { JobKind } from './job-kinds.ts';
import { type JobRunner, startJobs } from './job-runner.ts';
import { cancelJob, claimJob, enqueue, getJob, type Job, lockJob } from './job-store.ts';

const world = await testWorld();
const lanes = { one: { slots: 2, perWorkspace: 1 }, other: { slots: 2, perWorkspace: 1 } };
const kinds = { hang: { lane: 'one' }, work: { lane: 'one' }, else: { lane: 'other' }, send: { lane: 'other' } };
const finished: Step = { done: 1, finished: true };
const never = () => new Promise<never>(() => {});
const [runners, homes]: [JobRunner[], string[]] = [[], []];
let database: Database;

beforeAll(async () => {
  database = await openDatabase(world.connections.app, { size: 8, name: 'runner under test' });
  homes.push(world.workspaceId);
  for (const name of ['second', 'third']) homes.push((await world.anotherHome(name)).workspaceId);
});
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop();
  await world.query("DELETE FROM jobs WHERE state <> 'done'");
  world.setClock(undefined);
});

const step = (take: (tx: Tx, job: Job) => Promise<Step>): JobHandler => ({ policy: null, step: take });
const now = (job: Job, home = world.workspaceId) => database.tx(home, (tx) => getJob(tx, job.id));
const effect = (parts: Partial<EffectHandler<string, string>>): EffectHandler<string, string> => ({
  policy: null,
  timeLimit: 10_000,
  prepare: async () => 'work',
  perform: async () => 'sent',
  store: async () => finished,
  ...parts,
});

/** Starts a runner, as another process would. */
function run(
  handlers: Record<string, JobHandler>,
  more: { stepLimit?: number; patience?: number; sweepEvery?: number } = {},
): JobRunner {
  const parts = { ...world.parts, database, isPaused: () => false, onError: () => {} };
  const runner = startJobs({ ...parts, patience: 0, ...more, handlers, kinds, lanes });
  runners.push(runner);
  runner.wake();
  return runner;
}

async function add(kind: keyof typeof kinds, home = world.workspaceId): Promise<Job> {
  const job = { kind: kind as string as JobKind, params: {}, total: 1, member_id: null, actor: 'system' };
  return database.tx(home, (tx) => enqueue(tx, job, world.parts.clock()));
}

/** Waits until the job is as expected and returns it; undefined if it never is. */
async function until(job: Job, is: Partial<Job>, home = world.workspaceId): Promise<Job | undefined> {
  return poll(async () => {
    const found = await now(job, home);
    return found && Object.entries(is).every(([name, value]) => found[name as keyof Job] === value) ? found : undefined;
  }, 8000);
}

test('a job that never ends delays neither other workspaces nor other lanes', async () => {
  const [first = '', second = ''] = homes;
  const [hanging, next] = [await add('hang', first), await add('hang', first)];
  run({ hang: step(never), work: step(async () => finished), else: step(async () => finished) });
  expect(await until(hanging, { state: 'running' }, first)).toBeDefined();
  for (const kind of ['else', 'work'] as const) {
    const home = kind === 'else' ? first : second;
    const other = await add(kind, home);
    runners[0]?.wake();
    expect(await until(other, { state: 'done' }, home)).toBeDefined();
  }
  expect([(await now(hanging, first))?.state, (await now(next, first))?.state]).toEqual(['running', 'queued']);
});

test('workspaces take turns: long jobs of two do not keep a third waiting', async () => {
  const [first = '', second = '', third = ''] = homes;
  let isThirdDone = false;
  const take = async ({ workspaceId }: Tx): Promise<Step> => {
    if (workspaceId === third) isThirdDone = true;
    return { done: 1, finished: isThirdDone };
  };
  const long = [await add('work', first), await add('work', second)] as const;
  run({ work: step(take) });
  expect(await until(long[1], { state: 'running' }, second)).toBeDefined();
  const short = await add('work', third);
  runners[0]?.wake();
  expect(await until(short, { state: 'done' }, third)).toBeDefined();
  expect(await until(long[0], { state: 'done' }, first)).toMatchObject({ reason: null });
});

test('two processes run each job once', async () => {
  const done: string[] = [];
  const work = step(async (_, { id }) => {
    done.push(id);
    return finished;
  });
  const jobs = await Promise.all(Array.from({ length: 12 }, () => add('work')));
  await Promise.all([run({ work }).runDue(), run({ work }).runDue()]);
  expect(done.sort()).toEqual(jobs.map(({ id }) => id).sort());
});

test('a job is started at once by a process that did not enqueue it', async () => {
  const silent = { error: () => {}, warn: () => {}, info: () => {} };
  const settings = { contentWindowSeconds: 0, keyring: testKeyring, log: silent };
  const other = await openServerContext({ app: world.connections.app, ...settings });
  try {
    await other.jobs.stop();
    const order = { kind: 'retention' as const, params: {}, total: 0, member_id: null, actor: 'system' };
    const began = Date.now();
    for (let times = 0; times < 3; times += 1) {
      const job = await other.database.tx(world.workspaceId, (tx) => enqueue(tx, order, new Date()));
      expect(await until(job, { state: 'done' })).toBeDefined();
    }
    // If jobs were only found by the search every five seconds, the third would take ten.
    expect(Date.now() - began).toBeLessThan(8000);
  } finally {
    await other.close();
  }
});

test('a job whose notification was lost is still found', async () => {
  const runner = run({ work: step(async () => finished) }, { sweepEvery: 50 });
  await runner.runDue();
  const job = await add('work');
  expect(await until(job, { state: 'done' })).toBeDefined();
});

test('the job of a killed process is taken over when its claim expires, and late results are discarded', async () => {
  const job = await add('work');
  const at = world.parts.clock();
  const later = (ms: number) => new Date(at.getTime() + ms);
  const dead = await database.tx(world.workspaceId, (tx) =>
    claimJob(tx, ['work'], { now: later(1000), until: later(31_000) }),
  );
  let isLockedByDead: Job | undefined;
  const take = async () => {
    isLockedByDead = await database.tx(world.workspaceId, (tx) => lockJob(tx, dead ?? job));
    return finished;
  };
  // Another job is due, so that this workspace is searched.
  await add('work');
  world.setClock(later(30_000));
  const runner = run({ work: step(take) });
  await runner.runDue();
  expect(await now(job)).toMatchObject({ state: 'running', claim_id: dead?.claim_id });
  world.setClock(later(31_000));
  await runner.runDue();
  expect(await now(job)).toMatchObject({ state: 'done', attempts: 0 });
  expect([dead?.state, isLockedByDead]).toEqual(['running', undefined]);
});

test('a step that takes too long is rolled back and retried, and a job that keeps failing says why', async () => {
  const job = await add('hang');
  const runner = run(
    {
      hang: step(async (tx) => {
        await cancelJob(tx, job.id, new Date());
        return never();
      }),
    },
    { stepLimit: 20 },
  );
  await runner.runDue();
  expect(await now(job)).toMatchObject({ state: 'queued', attempts: 1, reason: 'It took longer than 0 seconds.' });
  for (let attempt = 2; attempt <= 5; attempt += 1) {
    world.setClock((await now(job))?.run_at);
    await runner.runDue();
  }
  expect(await now(job)).toMatchObject({ state: 'failed', attempts: 5 });
});

test('the reason shown for a failed job leaves out the error message', async () => {
  const job = await add('work');
  const fail = async () => {
    throw new Error('erin@example.com is no number');
  };
  await run({ work: step(fail) }).runDue();
  const reason = 'Something went wrong on the server. The cause is in its log.';
  expect(await now(job)).toMatchObject({ state: 'queued', reason });
});

test('a job that ends the server each time is given up', async () => {
  const job = await add('work');
  await world.query("UPDATE jobs SET attempts = 5, state = 'running' WHERE id = $1", [job.id]);
  await run({ work: step(async () => finished) }).runDue();
  expect(await now(job)).toMatchObject({ state: 'failed', reason: expect.stringMatching(/server stopped each time/) });
});

test('an effect runs outside any transaction, and its outcome is stored', async () => {
  let open: unknown[] = [];
  const perform = async (work: string) => {
    open = await world.query(
      "SELECT 1 FROM pg_stat_activity WHERE application_name = 'runner under test' AND state <> 'idle'",
    );
    return `${work} done`;
  };
  const store = async (_: Tx, outcome: string): Promise<Step> => ({ ...finished, result: { outcome } });
  const job = await add('send');
  await run({ send: effect({ perform, store }) }).runDue();
  expect(open).toEqual([]);
  expect(await now(job)).toMatchObject({ state: 'done', done: 1, result: { outcome: 'work done' } });
});

test('an effect that takes too long is aborted and retried later, while other jobs continue', async () => {
  const [first = '', second = ''] = homes;
  const signals: AbortSignal[] = [];
  const perform = (_: string, signal: AbortSignal) => {
    signals.push(signal);
    return never();
  };
  const [slow, other] = [await add('send', first), await add('else', second)];
  await run({ send: effect({ perform, timeLimit: 30 }), else: step(async () => finished) }).runDue();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(await now(slow, first)).toMatchObject({ state: 'queued', reason: expect.stringMatching(/took longer/) });
  expect(await now(other, second)).toMatchObject({ state: 'done' });
});

test('an effect is repeated if its process dies before storing the outcome; only the later one counts', async () => {
  const outcomes: string[] = [];
  const job = await add('send');
  let performed = 0;
  const perform = async () => {
    performed += 1;
    // As if this process had been frozen until its claim had run out.
    if (performed === 1) {
      await world.query("UPDATE jobs SET run_at = now() - interval '1 second' WHERE id = $1", [job.id]);
      await run({ send }).runDue();
    }
    return `attempt ${performed}`;
  };
  const send = effect({
    perform,
    store: async (_, outcome) => {
      outcomes.push(outcome);
      return finished;
    },
  });
  await run({ send }).runDue();
  expect([performed, outcomes]).toEqual([2, ['attempt 2']]);
  expect(await now(job)).toMatchObject({ state: 'done' });
});

test('the outcome of an effect is stored even if its job was cancelled meanwhile, and stays cancelled', async () => {
  const job = await add('send');
  const perform = async () => {
    await database.tx(world.workspaceId, (tx) => cancelJob(tx, job.id, new Date()));
    return 'sent';
  };
  await run({ send: effect({ perform, store: async () => ({ ...finished, result: { sent: true } }) }) }).runDue();
  expect(await now(job)).toMatchObject({ state: 'cancelled', result: { sent: true } });
});

test('a step that waits is resumed at the time it names, and a handler can fail a job with a reason', async () => {
  const until = new Date(Date.now() + 3_600_000);
  const job = await add('work');
  const take = async (_: Tx, { done }: Job): Promise<Step> =>
    done === 0
      ? { done: 1, finished: false, waits: { until, reason: 'The receiver asked to wait.' } }
      : { done: 0, finished: true, failure: 'The receiver is gone.' };
  const runner = run({ work: step(take) });
  await runner.runDue();
  expect(await now(job)).toMatchObject({ state: 'queued', run_at: until, reason: 'The receiver asked to wait.' });
  world.setClock(until);
  await runner.runDue();
  expect(await now(job)).toMatchObject({ state: 'failed', reason: 'The receiver is gone.', done: 1 });
});

test('a server that stops returns its running job to the queue, due at once', async () => {
  const job = await add('send');
  let aborted = false;
  const perform = (_: string, signal: AbortSignal) => {
    signal.addEventListener('abort', () => {
      aborted = true;
    });
    return never();
  };
  const runner = run({ send: effect({ perform }) });
  expect(await until(job, { state: 'running' })).toBeDefined();
  await runner.stop();
  const found = await now(job);
  expect([aborted, found?.state, found?.attempts]).toEqual([true, 'queued', 0]);
  expect(found?.run_at.getTime()).toBeLessThanOrEqual(Date.now());
});
