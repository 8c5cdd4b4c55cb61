import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settings } from '../src/config.ts';
import { projectRoot } from '../src/platform/project-root.ts';

const root = projectRoot();
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const generated = 'web/src/api/schema.d.ts';
const code = tracked.filter((file) => /\.(tsx?|mjs|js|cjs)$/.test(file) && file !== generated);
const lines = (file: string) => readFileSync(join(root, file), 'utf8').split('\n').length;

test('no file of code is longer than 300 lines', () => {
  expect(code.filter((file) => lines(file) > 300)).toEqual([]);
});

test('no component of the web app is longer than 200 lines', () => {
  expect(code.filter((file) => file.endsWith('.tsx') && lines(file) > 200)).toEqual([]);
});

test('no form of the web app leaves it to the browser to say what is wrong with a field', () => {
  const bare = /<form\b|component="form"|noValidate/;
  const screens = code.filter((file) => file.startsWith('web/src/') && file !== 'web/src/ui/form/form.tsx');
  expect(screens.filter((file) => bare.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

test('half of the server’s files are shorter than 100 lines', () => {
  const sizes = code
    .filter((file) => file.startsWith('server/src/'))
    .map(lines)
    .sort((a, b) => a - b);
  expect(sizes[sizes.length >> 1]).toBeLessThan(100);
});

test('only stores and migrations hold SQL', () => {
  const sql = /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\s+[a-z$*(]/;
  const allowed =
    /-store\.ts$|\.test\.ts$|^server\/src\/(platform|backup|cli)\/|server\/src\/leads\/(list\/)?lead-(row|list).*\.ts$/;
  const holders = code.filter(
    (file) => file.startsWith('server/src/') && !allowed.test(file) && sql.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(holders).toEqual([]);
});

test('only save-lead-change.ts writes a changed lead', () => {
  const writers = code.filter(
    (file) =>
      file.startsWith('server/src/') &&
      !/lead-store\.ts$|\.test\.ts$/.test(file) &&
      /\bsaveLead\(|UPDATE leads\b|setLeadColumns\('/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(writers).toEqual([
    'server/src/intake/batch/batch-store.ts',
    'server/src/leads/save-lead-change.ts',
    // Erasing a person does not count as a change: it must leave no trace of the lead's earlier values.
    'server/src/privacy/erase-leads-store.ts',
  ]);
});

test('only config.ts reads the environment', () => {
  const readers = code.filter(
    (file) =>
      file.startsWith('server/src/') &&
      !file.endsWith('.test.ts') &&
      file !== 'server/src/config.ts' &&
      readFileSync(join(root, file), 'utf8').includes('process.env'),
  );
  expect(readers).toEqual([]);
});

test('docs/configuration.md lists exactly the existing settings', () => {
  const documented = [...readFileSync(join(root, 'docs/configuration.md'), 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm)];
  expect(documented.map((match) => match[1])).toEqual(Object.keys(settings));
});

test('links between the documents are not broken', () => {
  const broken: string[] = [];
  for (const file of tracked.filter((name) => name.endsWith('.md')))
    for (const [, target = ''] of readFileSync(join(root, file), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g))
      if (!existsSync(join(root, file, '..', target))) broken.push(`${file}: ${target}`);
  expect(broken).toEqual([]);
});

test('the lockfile has every platform’s binaries, and uses only the public registry', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const packages = lock.packages as Record<string, { optionalDependencies?: object; resolved?: string }>;
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {}).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
  const isPublic = ({ resolved = '' }) => resolved.startsWith('https://registry.npmjs.org/');
  expect(Object.entries(packages).filter(([path, one]) => path !== '' && !isPublic(one))).toEqual([]);
});
