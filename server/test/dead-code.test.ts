import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../src/platform/project-root.ts';

const run = promisify(execFile);
const root = projectRoot();
let copy = '';

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'leadwell-dead-code-'));
  for (const name of [
    'package.json',
    'tsconfig.json',
    'vitest.config.ts',
    'knip.json',
    'bin',
    'bench',
    'web',
    'server',
  ])
    await cp(join(root, name), join(copy, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rm(copy, { recursive: true, force: true }));

async function plant(path: string, change: (text: string) => string): Promise<void> {
  const file = join(copy, path);
  await writeFile(file, change(await readFile(file, 'utf8').catch(() => '')));
}

interface Named {
  readonly name: string;
}
interface Report {
  readonly issues: readonly ({ file: string } & Readonly<
    Record<'files' | 'exports' | 'types' | 'dependencies', Named[]>
  >)[];
}

test('the dead-code check finds a planted export, type, file and dependency, and nothing else', {
  timeout: 60_000,
}, async () => {
  await plant('server/src/app.ts', (text) => `${text}export const plantedValue = 1;\n`);
  await plant('server/src/app.ts', (text) => `${text}export interface PlantedType {}\n`);
  await plant('server/src/planted-file.ts', () => 'export const alone = 1;\n');
  await plant('package.json', (text) => text.replace('"fastify":', '"planted-package": "1.0.0",\n    "fastify":'));
  const failed = await run(join(root, 'node_modules/.bin/knip'), ['--no-progress', '--reporter', 'json'], {
    cwd: copy,
  }).catch((error: { stdout: string }) => error);
  const { issues } = JSON.parse(failed.stdout) as Report;
  const found = issues.flatMap(({ file, files, exports, types, dependencies }) =>
    [...files, ...exports, ...types, ...dependencies].map(({ name }) => `${file}: ${name}`),
  );
  expect(failed).toBeInstanceOf(Error);
  expect(found.sort()).toEqual([
    'package.json: planted-package',
    'server/src/app.ts: PlantedType',
    'server/src/app.ts: plantedValue',
    'server/src/planted-file.ts: server/src/planted-file.ts',
  ]);
});
