import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  const depcruise = join(root, 'node_modules/.bin/depcruise');
  const args = ['server/src', 'web', '--config', '.dependency-cruiser.cjs'];
  return run(depcruise, args, { cwd: copy }).then(
    ({ stdout }) => ({ failed: false, output: stdout }),
    (error: { stdout: string }) => ({ failed: true, output: error.stdout }),
  );
}

/** A violation of each rule: a file that must not be, and what the fence must call it. */
const violations: [rule: string, file: string, text: string][] = [
  ['no-circles', 'leads/fields.ts', "export type { Lead } from './lead.ts';\nexport const leadFields = {};"],
  ['a-dialect-only-knows-the-contract', 'dialects/ispcrm/planted.ts', "export * from '../../leads/lead-store.ts';"],
  ['dialects-are-strangers', 'dialects/ispcrm/planted.ts', "export * from '../getlead/index.ts';"],
  ['a-dialect-is-plain-typescript', 'dialects/ispcrm/planted.ts', "export * from 'node:fs';"],
  ['dialects-are-handed-the-rest', 'dialects/planted.ts', "export * from '../leads/lead-store.ts';"],
  ['nobody-looks-back-at-dialects', 'intake/planted.ts', "export * from '../dialects/getlead/index.ts';"],
  ['nobody-looks-back-at-intake', 'leads/planted.ts', "export * from '../intake/decide.ts';"],
  ['platform-knows-no-leads', 'platform/planted.ts', "export * from '../leads/fields.ts';"],
  ['http-stays-at-the-edge', 'leads/planted.ts', "export type { FastifyInstance } from 'fastify';"],
  ['routes-are-the-end', 'leads/planted.ts', "export * from '../workspaces/welcome-routes.ts';"],
  ['production-does-not-lean-on-tests', 'leads/planted.ts', "export * from '../intake/take-in.test.ts';"],
  ['no-undeclared-packages', 'leads/planted.ts', "export type { Options } from 'fast-check';"],
  ['everything-resolves', 'leads/planted.ts', "export * from './nowhere.ts';"],
];

/** The same for the web app. */
const webViolations: typeof violations = [
  ['web-and-server-are-strangers', 'api/planted.ts', "export * from '../../../server/src/leads/fields.ts';"],
  ['no-circles-in-the-web', 'ui/pill.tsx', "export { Initials } from './initials.tsx';\nexport const tones = [];"],
  ['screens-are-strangers', 'deals/planted.ts', "export * from '../tasks/routes.tsx';"],
  ['only-the-router-knows-the-screens', 'app/planted.ts', "export * from '../tasks/routes.tsx';"],
  ['the-kit-stands-alone', 'ui/planted.ts', "export * from '../api/keys.ts';"],
  ['the-client-shows-nothing', 'api/planted.ts', "export * from '../ui/pill.tsx';"],
];

test('the fence reads the whole server and finds nothing to complain of', async () => {
  const { failed, output } = await cruise();
  expect(output).toMatch(/no dependency violations found \((\d{3,}) modules/);
  expect(failed).toBe(false);
});

const planted = [
  ...violations.map(([rule, file, text]) => [rule, `server/src/${file}`, text]),
  ...webViolations.map(([rule, file, text]) => [rule, `web/src/${file}`, text]),
] as typeof violations;

test('a screen may show what the leads share with all', async () => {
  const path = join(copy, 'web/src/deals/planted.ts');
  const parts = join(copy, 'web/src/leads/parts.ts');
  await writeFile(parts, 'export const shared = 1;');
  await writeFile(path, "export * from '../leads/parts.ts';");
  const { output } = await cruise();
  await rm(path);
  await rm(parts);
  await cp(join(root, 'web/src/leads/parts.ts'), parts).catch(() => {});
  expect(output).not.toContain('deals/planted.ts');
});

test.each(planted)('a planted violation of %s is found', async (rule, file, text) => {
  const path = join(copy, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  const { failed, output } = await cruise();
  await rm(path);
  await cp(join(root, file), path).catch(() => {});
  expect(output).toContain(`error ${rule}:`);
  expect(failed).toBe(true);
});
