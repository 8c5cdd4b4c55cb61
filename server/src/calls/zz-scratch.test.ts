import { test } from 'vitest';
import { testWorld } from '../../test/world.ts';
import { claim } from './claim-call.ts';
import { readQueue } from './queue.ts';
const world = await testWorld();
test('scale', async () => {
  const n = 30000;
  const own = await world.member({ name: 'Owen', sees: 'own' });
  await world.query('ALTER TABLE calls DISABLE TRIGGER next_step');
  await world.query(`INSERT INTO leads (workspace_id, id, number, status_id, name, phone, type_id, owner_id, created_at, updated_at)
      SELECT $1, gen_random_uuid(), nextval('lead_numbers'), (SELECT id FROM statuses WHERE workspace_id=$1 LIMIT 1), 'L'||i, '+919895912345', (SELECT id FROM lead_types WHERE workspace_id=$1 LIMIT 1),
      CASE WHEN i % 2000 = 1999 THEN $2::uuid END, now(), now() FROM generate_series(1, ${n}) i`, [world.workspaceId, own]);
  await world.query('ANALYZE leads');
  await world.query(`INSERT INTO calls (workspace_id, id, lead_id, phone, state, due_at, created_at, updated_at, type_id, priority)
      SELECT workspace_id, gen_random_uuid(), id, phone, 'pending', now() - random() * interval '1 day', now(), now(), type_id, (random()*3)::int FROM leads`);
  await world.query('ANALYZE calls'); await world.query('ANALYZE leads');
  const run = async (what: string, sight: any, work: any) => {
    const book = await world.parts.books.get(world.workspaceId);
    const explained = new Set<string>();
    await world.database.tx(world.workspaceId, async (tx: any) => {
      const wrap = { workspaceId: tx.workspaceId, execute: tx.execute, query: async (text: string, params: any, o: any) => {
        const t = performance.now(); const r = await tx.query(text, params, o); const ms = performance.now() - t;
        console.log(what, ms.toFixed(1), r.length, text.replace(/\s+/g, ' ').slice(0, 90));
        if (ms > 20 && /^\s*(SELECT|WITH|UPDATE)/.test(text) && !explained.has(text)) { explained.add(text); const p = await tx.query('EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ' + text, params); console.log(p.map((x: any) => x['QUERY PLAN']).filter((l: string) => !/Planning|Buffers: shared hit=\d\b/.test(l)).join('\n').slice(0, 2500)); }
        return r; } };
      const t = performance.now();
      await work(wrap, { actor: 'system', agent: 'x', memberId: null, sight, book, now: new Date() });
      console.log(what, 'ALL', performance.now() - t);
    });
  };
  const c = (tx: any, desk: any) => claim(tx, { leaseSeconds: 300 }, desk);
  await run('claim', undefined, c); await run('claim', undefined, c);
  await run('own', { owners: [own], departments: [] }, c);
  await run('queue own', { owners: [own], departments: [] }, readQueue);
  await world.query("UPDATE lead_types SET call_from = '00:00', call_until='00:01'"); await world.parts.changed(world.workspaceId);
  await run('unlawful', undefined, c);
}, 200_000);
