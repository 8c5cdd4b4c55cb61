import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../src/platform/project-root.ts';

const run = promisify(execFile);
const root = projectRoot();
let copy = '';

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'leadwell-fence-'));
  for (const name of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs', 'web'])
    await cp(join(root, name), join(copy, name), { recursive: true });
  for (const name of ['src', 'test'])
    await cp(join(root, 'server', name), join(copy, 'server', name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rm(copy, { recursive: true, force: true }));

async function cruise(): Promise<{ failed: boolean; output: string }> {
  return run(process.execPath, [join(root, 'bin/fence.js')], { cwd: copy, maxBuffer: 1 << 28 }).then(
    ({ stdout }) => ({ failed: false, output: stdout }),
    (error: { stdout: string }) => ({ failed: true, output: error.stdout }),
  );
}

/** For each rule of the fence, a violation: the rule that must be reported, the folder of the file, and its text. */
const violations: readonly (readonly [rule: string, folder: string, text: string])[] = [
  ['no-circles', 'server/src/leads', "export * from './planted-no-circles.ts';"],
  ['a-dialect-only-knows-the-contract', 'server/src/dialects/ispcrm', "export * from '../../leads/lead-store.ts';"],
  ['dialects-are-strangers', 'server/src/dialects/ispcrm', "export * from '../getlead/index.ts';"],
  ['a-dialect-is-plain-typescript', 'server/src/dialects/ispcrm', "export * from 'node:fs';"],
  ['dialects-are-handed-the-rest', 'server/src/dialects', "export * from '../leads/lead-store.ts';"],
  ['nothing-in-platform-looks-up', 'server/src/platform', "export * from '../leads/fields.ts';"],
  ['nothing-in-leads-looks-up', 'server/src/leads', "export * from '../intake/decide.ts';"],
  ['nothing-in-intake-looks-up', 'server/src/intake', "export * from '../config.ts';"],
  ['http-stays-at-the-edge', 'server/src/leads', "export { fastify } from 'fastify';"],
  ['one-file-speaks-smtp', 'server/src/leads', "export { createTransport } from 'nodemailer';"],
  ['routes-are-the-end', 'server/src/leads', "export * from './lead-routes.ts';"],
  ['production-does-not-lean-on-tests', 'server/src/leads', "export * from './patterns.test.ts';"],
  ['no-undeclared-packages', 'server/src/leads', "export type { Options } from 'fast-check';"],
  ['everything-resolves', 'server/src/leads', "export * from './nowhere.ts';"],
  ['web-and-server-are-strangers', 'web/src/api', "export * from '../../../server/src/leads/fields.ts';"],
  ['no-circles-in-the-web', 'web/src/ui', "export * from './planted-no-circles-in-the-web.ts';"],
  ['screens-are-strangers', 'web/src/deals', "export * from '../tasks/routes.tsx';"],
  ['only-the-router-knows-the-screens', 'web/src/app', "export * from '../tasks/routes.tsx';"],
  ['the-kit-stands-alone', 'web/src/ui', "export * from '../api/keys.ts';"],
  ['the-client-shows-nothing', 'web/src/api', "export * from '../ui/pill.tsx';"],
];

/** Every way to send requests, tried outside `platform/egress`, which checks the destination. */
const waysOut = [
  ...['node:http', 'https', 'node:http2', 'node:net', 'node:tls', 'node:dgram', 'node:dns', 'node:dns/promises'].map(
    (name) => `export * from '${name}';`,
  ),
  "export const sent = import('node:https');",
  "export const sent = fetch('https://example.com');",
  "export const sent = globalThis.fetch('https://example.com');",
  "export const sent = globalThis['fetch']('https://example.com');",
  'const { fetch: send } = globalThis;\nexport { send };',
  "export const sent = new WebSocket('wss://example.com');",
  "export const sent = new EventSource('https://example.com');",
  "import { createRequire } from 'node:module';\nexport const sent = createRequire(import.meta.url)('node:https');",
  "export const sent = process.getBuiltinModule('node:https');",
] as const;

/** Folders that get two new subfolders that import each other, without a cycle between single files. */
const circular = ['server/src/leads', 'web/src/leads'] as const;
const tooMany = 31;

async function plantCircle(parent: string): Promise<void> {
  const [here, there] = ['planted-here', 'planted-there'].map((name) => join(copy, parent, name)) as [string, string];
  for (const folder of [here, there]) {
    await mkdir(folder);
    await writeFile(join(folder, 'leaf.ts'), 'export const leaf = true;');
  }
  await writeFile(join(here, 'top.ts'), "export * from '../planted-there/leaf.ts';");
  await writeFile(join(there, 'top.ts'), "export * from '../planted-here/leaf.ts';");
}

async function plantPile(folder: string): Promise<void> {
  await mkdir(join(copy, folder));
  for (let at = 0; at < tooMany; at++) await writeFile(join(copy, folder, `one-${at}.ts`), `export const one = ${at};`);
}

/** Files that just keep within the rules. */
const allowed: readonly (readonly [folder: string, text: string])[] = [
  ['web/src/deals', "export * from '../leads/public.ts';"],
];

test('every folder of the server has its layer, and ARCHITECTURE.md lists them in the same order', async () => {
  const config = await readFile(join(root, '.dependency-cruiser.cjs'), 'utf8');
  const list = /const layers = \[([^\]]*)\]/.exec(config)?.[1] ?? '';
  const layers = [...list.matchAll(/'([a-z-]+)'/g)].map((match) => match[1]);
  const folders = (await readdir(join(root, 'server/src'), { withFileTypes: true })).filter((one) => one.isDirectory());
  expect([...layers].sort()).toEqual(folders.map(({ name }) => name).sort());
  const page = await readFile(join(root, 'ARCHITECTURE.md'), 'utf8');
  const rows = /\| layer, top to bottom[\s\S]*?\n\n/.exec(page)?.[0].split('\n').slice(3) ?? [];
  const told = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([a-z-]+)\/`/g)].map((match) => match[1]),
  );
  expect(told).toEqual([...layers].reverse());
});

test('the fence checks the whole server and the web app, and finds no violation', async () => {
  const { failed, output } = await cruise();
  expect(output).toMatch(/no dependency violations found \((\d{3,}) modules/);
  expect(failed).toBe(false);
});

describe('with a violation of every rule planted', () => {
  let output = '';

  beforeAll(async () => {
    for (const [rule, folder, text] of violations) {
      // A file that nobody imports is reported by a rule of its own. A cycle needs a file that
      // indirectly imports itself.
      const circle = rule.startsWith('no-circles');
      await writeFile(join(copy, folder, `planted-${rule}.ts`), circle ? "export * from './planted-round.ts';" : text);
      if (circle) await writeFile(join(copy, folder, 'planted-round.ts'), text);
    }
    for (const [at, text] of waysOut.entries())
      await writeFile(join(copy, 'server/src/leads', `planted-way-out-${at}.ts`), text);
    for (const [at, [folder, text]] of allowed.entries()) await writeFile(join(copy, folder, `kept-${at}.ts`), text);
    for (const parent of circular) await plantCircle(parent);
    await plantPile('web/src/planted-pile');
    await plantPile('server/src/dialects/planted-vendor');
    output = (await cruise()).output;
  });

  test.each(violations)('%s is reported for its file', (rule, folder) => {
    expect(output).toContain(`error ${rule}: ${folder}/planted-${rule}.ts`);
  });

  test.each(waysOut.map((text, at) => [text, at] as const))('a way to send requests is found: %s', (_text, at) => {
    expect(output).toMatch(new RegExp(`error one-way-out: server/src/leads/planted-way-out-${at}[.]ts`));
  });

  test.each(circular)('a cycle between two folders of %s is found', (parent) => {
    expect(output).toContain(`error no-circles-between-folders: ${parent}: planted-here, planted-there`);
  });

  test('a folder of more than 30 files is found, unless it is a vendor’s', () => {
    expect(output).toContain(`error no-piles: web/src/planted-pile: ${tooMany} files`);
    expect(output).not.toContain('no-piles: server/src/dialects/planted-vendor');
  });

  test('a screen may import what another one shares', () => {
    for (const [at, [folder]] of allowed.entries()) expect(output).not.toContain(`${folder}/kept-${at}.ts`);
  });
});
