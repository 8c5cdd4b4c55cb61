import { expect, test } from 'vitest';
import { client, testWorld, type World } from './world.ts';

const LEADS = 300;
/** Rows of an index or table that one lead's requests may read on average; look-ups that read all leads read 150. */
const MOST_ROWS = 20;

/** When the planner's statistics were gathered: plans must not depend on it. */
const looked: Record<string, (world: World) => Promise<unknown>> = {
  never: async () => {},
  'while they were empty': (world) => world.query('ANALYZE'),
  'at the first five leads': async (world) => {
    await createLeads(world, 5, 0);
    await world.query('ANALYZE');
  },
};

test.each(Object.entries(looked))(
  'no look-up reads the rows of other leads if statistics were gathered %s',
  async (_when, look) => {
    const world = await testWorld();
    await look(world);
    const before = await rowsRead(world);
    await createLeads(world, LEADS, 100);
    await workOnLeads(world);
    await world.parts.indexer.run();
    // Its connections report the rows they have read only when they end.
    await world.close();
    const after = await rowsRead(world);
    const tooMany = [...after]
      .map(([name, rows]) => ({ name, rows: (rows - (before.get(name) ?? 0)) / LEADS }))
      .filter(({ rows }) => rows > MOST_ROWS);
    expect(tooMany).toEqual([]);
  },
);

/** Creates leads through `/v1` and a dialect, ten at a time. */
async function createLeads(world: World, count: number, from: number): Promise<void> {
  const native = client(world, world.tokens.get('native'));
  const token = world.tokens.get('getlead') ?? '';
  for (let at = from; at < from + count; at += 10) {
    const numbers = Array.from({ length: Math.min(10, from + count - at) }, (_, one) => at + one);
    await Promise.all(
      numbers.map((n) => {
        const phone = `07840${String(258_000 + n)}`;
        if (n % 2 === 0) return native('POST', '/leads', { name: `Ann ${n}`, phone, source: 'Website' });
        const query = new URLSearchParams({ token, name: `Ann ${n}`, countrycode: '44', mobileno: phone });
        return world.app.inject({ method: 'POST', url: `/api/gl-website-contacts?${query}` });
      }),
    );
  }
}

/** Does what staff do with leads: lists and opens them, changes them and adds things. */
async function workOnLeads(world: World): Promise<void> {
  const native = client(world, world.tokens.get('native'));
  const { data } = (await native('GET', '/leads?limit=50')).body as { data: { id: string }[] };
  for (const { id } of data) {
    await native('GET', `/leads/${id}`);
    await native('GET', `/leads/${id}/timeline`);
    await native('PATCH', `/leads/${id}`, { city: 'Leeds' });
    await native('POST', `/leads/${id}/notes`, { text: 'Rang' });
    await native('POST', `/leads/${id}/tasks`, { name: 'Ring', due_at: '2030-01-01T10:00:00Z' });
  }
}

/** Rows read so far from each index, and by sequential scans of each table. */
async function rowsRead(world: World): Promise<ReadonlyMap<string, number>> {
  const rows = await world.query<{ name: string; rows: number }>(
    `SELECT relname || ': ' || indexrelname AS name, idx_tup_read::float8 AS rows FROM pg_stat_user_indexes
     UNION ALL SELECT relname || ': sequential', seq_tup_read::float8 FROM pg_stat_user_tables`,
  );
  return new Map(rows.map(({ name, rows: read }) => [name, read]));
}
