import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../src/platform/project-root.ts';

interface Entry {
  [name: string]: unknown;
}

let folder = '';
let lock: { packages: Record<string, Entry> };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadwell-audit-'));
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    await cp(join(projectRoot(), name), join(folder, name));
  lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the audit with one entry of the lockfile changed. */
async function audit(path: string, change: Entry) {
  const packages = { ...lock.packages, [path]: { ...lock.packages[path], ...change } };
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages }));
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(projectRoot(), 'bin/audit-offline.js'), folder, '--no-ages'],
    { encoding: 'utf8' },
  );
  return { status, text: stdout };
}

test('the lockfile passes the audit', async () => {
  expect(await audit('node_modules/pg', {})).toMatchObject({ status: 0 });
});

test.each([
  ['without a checksum', 'node_modules/pg', { integrity: undefined }, 'pg@8.23.1 has no SHA-512 checksum'],
  ['with a weak checksum', 'node_modules/pg', { integrity: 'sha1-abc=' }, 'has no SHA-512 checksum'],
  [
    'from another registry',
    'node_modules/pg',
    { resolved: 'https://npm.example/pg.tgz' },
    'comes from https://npm.example',
  ],
  [
    'from the tarball of another package',
    'node_modules/pg',
    { resolved: 'https://registry.npmjs.org/pq/-/pq-8.23.1.tgz' },
    'comes from',
  ],
  ['from nowhere', 'node_modules/pg', { resolved: undefined }, 'comes from nowhere'],
  ['with a licence that we may not ship', 'node_modules/pg', { license: 'AGPL-3.0' }, 'has the licence AGPL-3.0'],
  ['with one such licence of two that apply', 'node_modules/pg', { license: 'MIT AND GPL-2.0' }, 'has the licence'],
  ['without a licence', 'node_modules/pg', { license: undefined }, 'has the licence (none)'],
  ['with an install script', 'node_modules/pg', { hasInstallScript: true }, 'pg@8.23.1 has an install script'],
  ['that is a link', 'node_modules/pg', { link: true }, 'is a link'],
])('a package %s is reported', async (_, path, change, sentence) => {
  const { status, text } = await audit(path, change);
  expect(text).toContain(sentence);
  expect(status).toBe(1);
});

test('a choice of licences passes if we may ship one of them', async () => {
  expect(await audit('node_modules/pg', { license: '(GPL-2.0 OR MIT)' })).toMatchObject({ status: 0 });
});
