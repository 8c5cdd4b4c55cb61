import { test } from 'vitest';
import { diallerPartner, person } from './dialler-partner.ts';
import { client, testWorld } from './world.ts';

const world = await testWorld();
const { ask, send } = diallerPartner(world);
test('scale', async () => {
  await send(person());
  const refused = await send(person({ type: 'motor-trad' }));
  const [ok] = (await ask('GET', '/submissions?outcome=accepted&limit=1')).body.data;
  const fill = (id: string, n: number, ms: number) => world.query(
    `INSERT INTO submissions SELECT (jsonb_populate_record(s, jsonb_build_object('id', uuid_from(now() - n * interval '1 ms' * ${ms})::text, 'lead_id', NULL))).*
     FROM submissions s, generate_series(1, ${n}) n WHERE s.id = $1`, [id]);
  await fill(ok.id, 300000, 8000);
  await fill(refused, 12000, 200001);
  await world.query('ANALYZE submissions');
  for (const q of ['', '?outcome=refused', '?outcome=refused,failed&limit=100', '?outcome=accepted&path=nothing', '?dialect=getlead', '?field=type', '?field=none', '?phone=07840258823', '?status_code=500', '/summary', '/summary?dismissed=false', '/groups', '?request_id=' + refused, '?by=member']) {
    const began = performance.now();
    const reply = await ask('GET', `/submissions${q}`);
    console.log(q || '(all)', reply.status, Math.round(performance.now() - began), 'ms', reply.body.data?.length ?? JSON.stringify(reply.body));
  }
}, 300000);
