import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFolder } from '../../test/clusters.ts';
import { runCommand } from '../../test/run-command.ts';
import { type Cluster, startCluster } from '../platform/postgres/cluster.ts';

let [folder, dataDir]: [string, string] = ['', ''];
let cluster: Cluster;
beforeAll(async () => {
  folder = await openFolder();
  dataDir = join(folder, 'data');
  cluster = await startCluster({ dataDir });
}, 60_000);
afterAll(async () => {
  await cluster.stop();
  if (existsSync(folder)) await rm(folder, { recursive: true, force: true });
});

const leadwell = (...args: string[]) => runCommand({ DATA_DIR: dataDir }, args);
async function json(...args: string[]) {
  const { code, stdout, stderr } = await leadwell(...args, '--json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

test('sample leads are created, counted and removed, and the data stays consistent', { timeout: 120_000 }, async () => {
  expect(await json('demo', '--leads', '600')).toEqual({ leads: 600 });
  expect(await json('workspace', 'list')).toMatchObject([{ name: 'default', leads: 600 }]);
  expect(await json('verify')).toMatchObject({ ok: true, differences: 0 });
  expect(await json('demo')).toEqual({ leads: 200 });
  expect(await json('demo', '--remove')).toEqual({ leads: 800 });
  expect(await json('workspace', 'list')).toMatchObject([{ leads: 0 }]);
  expect(await json('member', 'list')).toHaveLength(1);
  expect(await json('verify')).toMatchObject({ ok: true });
});

test('an invalid number of leads is a usage error', async () => {
  expect(await leadwell('demo', '--leads', 'many')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--leads must be a whole number'),
  });
  expect(await leadwell('demo', '--remove', '--leads', '5')).toMatchObject({ code: 2 });
  expect(await leadwell('demo', '--workspace', 'Nowhere')).toMatchObject({ code: 1 });
});

test('a command that names no workspace uses the only one, whatever its name is by now', async () => {
  const owner = new Client(cluster.owner);
  await owner.connect();
  await owner.query("UPDATE workspaces SET name = 'Acme Broadband', folded_name = 'acme broadband'");
  await owner.end();
  expect((await json('token', 'create', '--dialect', 'getlead', '--name', 'Site')).workspace).toBe('Acme Broadband');
  await json('workspace', 'create', '--name', 'Second');
  expect(await leadwell('token', 'list')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^There are several workspaces; choose one with --workspace\./),
  });
});
