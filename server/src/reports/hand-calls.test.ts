import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();

test('calls that members logged by hand are counted once each', async () => {
  const owner = client(world, { cookie: await world.signIn(world.ownerId) });
  const sofia = await world.member({ name: 'Sofia' });
  const asSofia = client(world, { cookie: await world.signIn(sofia) });
  const lead = (await asSofia('POST', '/leads', { name: 'By hand', phone: '07700900123' })).body;
  const keep = (body: object) => asSofia('POST', `/leads/${lead.id}/call-log`, body);
  expect((await keep({ outcome: 'Interested', talk_seconds: 75 })).status).toBe(204);
  expect((await keep({ outcome: 'nobody there' })).status).toBe(204);
  const { rows } = (await owner('GET', '/reports/agents?range=7d')).body;
  const row = rows.find(({ member }: { member: string }) => member === 'Sofia');
  expect(row).toMatchObject({ calls: 2, contacts: 1, talk_seconds: 75 });
  const [kept] = await world.query<{ calls: number; talk: number }>(
    `SELECT count(*)::int AS calls, sum((detail->>'talk_seconds')::int)::int AS talk FROM activities
     WHERE kind = 'call_logged' AND actor = 'member:${sofia}'`,
  );
  expect(kept).toEqual({ calls: row.calls, talk: row.talk_seconds });
  expect((await asSofia('GET', '/my-day')).body.achieved).toMatchObject({ calls: 2, reached: 1, talk_seconds: 75 });
});

test('reports and their exports, and no other pages, use the database for reports', async () => {
  const api = client(world, world.tokens.get('native'));
  const { reading } = world.parts;
  const { tx } = reading;
  const asked: string[] = [];
  reading.tx = (workspaceId, ...rest) => {
    asked.push(workspaceId);
    return tx(workspaceId, ...rest);
  };
  try {
    const reports = world.routes.flatMap(({ url }) => (url.startsWith('/v1/reports/') ? url.slice(3) : []));
    expect(reports.length).toBeGreaterThan(5);
    for (const path of reports) await api('GET', path);
    const csv = await world.app.inject({
      url: `/v1${reports[0]}?format=csv`,
      headers: { authorization: `Bearer ${world.tokens.get('native')}` },
    });
    expect(csv.statusCode).toBe(200);
    expect(asked).toHaveLength(reports.length + 1);
    for (const path of ['/leads', '/board', '/my-day', '/me', '/leads/counts']) await api('GET', path);
    expect(asked).toHaveLength(reports.length + 1);
  } finally {
    reading.tx = tx;
  }
});
