import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, dataFolder, start, useClusters } from '../../test/clusters.ts';
import { migrate } from '../platform/database/migrate.ts';
import type { Finding } from './checks-store.ts';
import { verify } from './verify.ts';

useClusters();

/** Overwrites the middle of these pages, as a failing disk would. */
async function damage(path: string, blocks: readonly number[]): Promise<void> {
  const file = await open(path, 'r+');
  for (const block of blocks) await file.write(Buffer.alloc(512, 0x5a), 0, 512, block * 8192 + 4096);
  await file.close();
}

test('damaged pages do not stop the check: all other rules are checked, and every damaged page is named', async () => {
  const dataDir = await dataFolder();
  const first = await start(dataDir);
  await migrate(first.owner);
  const leadwell = { ...first.superuser, database: first.owner.database ?? '' };
  await ask(
    leadwell,
    `SET session_replication_role = replica;
     INSERT INTO events (workspace_id, id, type, payload, created_at)
       SELECT gen_random_uuid(), gen_random_uuid(), 'lead.created', json_build_object('text', repeat('x', 500)), now()
       FROM generate_series(1, 800)`,
  );
  const path = async (name: string) =>
    (await ask<{ path: string }>(leadwell, `SELECT pg_relation_filepath('${name}') AS path`))[0]?.path ?? '';
  const paths = { events: await path('events'), index: await path('leads_pkey'), keys: await path('lead_keys_pkey') };
  await first.stop();
  const file = (name: keyof typeof paths) => join(first.dir, paths[name]);
  // PostgreSQL reads up to 16 pages at once, so the last one is in another read.
  await damage(file('events'), [1, 2, 5, 45]);
  await damage(file('index'), [0]);
  await damage(file('keys'), [0]);

  const second = await start(dataDir);
  const found = new Map<string, Finding>();
  for await (const one of verify({ owner: second.owner, superuser: second.superuser })) found.set(one.name, one);
  await second.stop();
  const pages = found.get('the pages of the tables are sound');
  expect(pages?.ids.map((line) => /^\w+: .*\bblock (\d+)/.exec(line)?.[1])).toEqual(['1', '2', '5', '45']);
  const indexes = found.get('the indexes are sound');
  expect(indexes?.ids).toEqual([expect.stringContaining('lead_keys_pkey'), expect.stringContaining('leads_pkey')]);
  expect(found.get('no call has been claimed for a day longer than it was to be')?.differences).toBe(0);
  expect(found.size).toBeGreaterThan(14);
});
