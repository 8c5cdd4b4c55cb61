import { copyFile, mkdir, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeModules } from '../../test/child.ts';
import { runProgram } from '../../test/command-line.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;
let file: string;

/** Sets up a miniature project with the real program and the real compiler. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lw-program-'));
  file = join(folder, 'bin', 'leadwell.js');
  for (const name of ['bin', 'server/src/cli']) await mkdir(join(folder, name), { recursive: true });
  for (const name of ['bin/leadwell.js', 'bin/build-lock.js', 'tsconfig.json', 'tsconfig.build.json'])
    await copyFile(join(root, name), join(folder, name));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await symlink(nodeModules, join(folder, 'node_modules'));
  await source('one');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const source = (word: string) =>
  writeFile(
    join(folder, 'server', 'src', 'cli', 'main.ts'),
    `export const main = async (args: readonly string[]): Promise<number> => (console.log('${word}', ...args), 3);\n`,
  );
const run = (...args: string[]) => runProgram({}, args, { file });

test('the program builds itself only when its sources are newer than the build', async () => {
  expect(await run('a', '--b')).toEqual({ code: 3, stdout: 'one a --b\n', stderr: '' });
  await writeFile(join(folder, 'dist', 'cli', 'main.js'), "export const main = async () => console.log('as built');\n");
  expect((await run()).stdout).toBe('as built\n');
  await source('two');
  const later = new Date(Date.now() + 2_000);
  await utimes(join(folder, 'server', 'src', 'cli', 'main.ts'), later, later);
  expect((await run()).stdout).toBe('two\n');
});

test('of several programs started at once, one builds and the others wait for it', async () => {
  const ended = await Promise.all([run('1'), run('2'), run('3')]);
  expect(ended.map(({ stdout }) => stdout).sort()).toEqual(['one 1\n', 'one 2\n', 'one 3\n']);
  await expect(stat(join(folder, 'dist', '.lock'))).rejects.toThrow(/ENOENT/);
});

test('the lock of a killed build is ignored', async () => {
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'dist', '.lock'), '4194305');
  expect((await run()).stdout).toBe('one\n');
});

test('a built program runs without compiler or sources, and a missing build is explained', async () => {
  await run();
  await rm(join(folder, 'node_modules'));
  await source('newer');
  expect((await run()).stdout).toBe('one\n');
  await rm(join(folder, 'server'), { recursive: true });
  expect((await run()).stdout).toBe('one\n');
  await rm(join(folder, 'dist'), { recursive: true });
  expect(await run()).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('npm ci') });
});

test('a failed build is reported and tried again the next time', async () => {
  await writeFile(join(folder, 'server', 'src', 'cli', 'main.ts'), 'export const main = (;\n');
  expect(await run()).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/could not be built[\s\S]*main\.ts/),
  });
  await source('mended');
  expect((await run()).stdout).toBe('mended\n');
  expect(await readFile(join(folder, 'dist', '.built'), 'utf8')).toBe('');
});
