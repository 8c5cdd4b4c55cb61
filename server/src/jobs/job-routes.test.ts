import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';
import { typeId } from '../platform/ids.ts';
import { enqueue } from './job-store.ts';

const world = await testWorld();

test('a failed job is listed with its reason and can be retried by anyone who may start one', async () => {
  const job = { kind: 'make-demo' as const, params: { leads: 1 }, total: 1, member_id: world.ownerId };
  const { id } = await world.database.tx(world.workspaceId, (tx) =>
    enqueue(tx, { ...job, actor: `member:${world.ownerId}`, run_at: new Date(Date.now() + 3_600_000) }, new Date()),
  );
  const owner = client(world, { cookie: await world.signIn(world.ownerId) });
  const manager = client(world, { cookie: await world.signIn(await world.member({ role: 'manager' })) });
  const path = `/jobs/${typeId('job', id)}`;
  expect((await owner('POST', `${path}/retry`)).body).toMatchObject({ type: '/problems/job_not_failed' });
  await world.query("UPDATE jobs SET state = 'failed', reason = 'Because.', attempts = 5 WHERE id = $1", [id]);
  const { body: list } = await manager('GET', '/jobs?state=failed&kind=make-demo');
  expect(list.data).toMatchObject([{ reason: 'Because.', next_attempt_at: null, actor_name: 'Olive Owner' }]);
  expect((await manager('GET', '/jobs?state=failed&kind=retention')).body.data).toEqual([]);
  expect((await manager('POST', `${path}/retry`)).status).toBe(403);
  expect((await owner('POST', `${path}/retry`)).body).toMatchObject({ state: 'queued', reason: null });
  await world.parts.jobs.runDue();
  expect((await owner('GET', path)).body).toMatchObject({ state: 'done', done: 1 });
});
