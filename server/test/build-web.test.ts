import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectRoot } from '../src/platform/project-root.ts';
import { nodeModules } from './child.ts';
import { runProgram } from './command-line.ts';

const root = projectRoot();
let folder: string;

/** A miniature project: the real program and builder, with a one-line server and a one-line app. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lw-web-'));
  for (const name of ['bin', 'dist/cli', 'web']) await mkdir(join(folder, name), { recursive: true });
  for (const name of ['leadwell.js', 'build-lock.js', 'build-web.js'].map((one) => `bin/${one}`))
    await copyFile(join(root, name), join(folder, name));
  await write('package.json', '{"type":"module"}');
  await symlink(nodeModules, join(folder, 'node_modules'));
  await write('dist/cli/main.js', 'export const main = async (words) => (console.log(...words), 0);');
  await write('web/vite.config.ts', 'export default { root: import.meta.dirname };');
  await write('web/index.html', '<script type="module" src="/app.js"></script>');
  await write('web/app.js', 'console.log("one");');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(join(folder, name), text);
const run = (...args: string[]) => runProgram({}, args, { file: join(folder, 'bin', 'leadwell.js') });
const parts = () => readdir(join(folder, 'dist', 'web', 'assets'));

async function change(): Promise<void> {
  const later = new Date(Date.now() + 2_000);
  await write('web/app.js', 'console.log("two");');
  await utimes(join(folder, 'web/app.js'), later, later);
}

test('only the serve command waits for the web app to be built', async () => {
  expect(await run('doctor')).toMatchObject({ code: 0, stdout: 'doctor\n' });
  await expect(parts()).rejects.toThrow(/ENOENT/);
  expect(await run('serve')).toMatchObject({ code: 0, stdout: 'serve\n', stderr: 'Building the web app…\n' });
  expect(await parts()).toHaveLength(1);
});

test('a changed app is rebuilt, and open pages still find the files they were built with', async () => {
  await run('serve');
  const [old = ''] = await parts();
  await change();
  await run('serve');
  const all = await parts();
  expect(all).toContain(old);
  expect(all).toHaveLength(2);
  const page = await readFile(join(folder, 'dist', 'web', 'index.html'), 'utf8');
  expect(page).not.toContain(old);
  expect(page).toContain(all.find((name) => name !== old));
});

test('files of old builds are removed', async () => {
  await run('serve');
  const [old = ''] = await parts();
  const longAgo = new Date(Date.now() - 2 * 86_400_000);
  await utimes(join(folder, 'dist', 'web', 'assets', old), longAgo, longAgo);
  await change();
  await run('serve');
  expect(await parts()).not.toContain(old);
});

test('a failed build is reported, and the previous build stays', async () => {
  await run('serve');
  const before = await readFile(join(folder, 'dist', 'web', 'index.html'), 'utf8');
  await change();
  await write('web/app.js', 'console.log("two"');
  expect(await run('serve')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('could not be') });
  expect(await readFile(join(folder, 'dist', 'web', 'index.html'), 'utf8')).toBe(before);
});

test('a built app is served without its sources, and a missing build is explained', async () => {
  await run('serve');
  await rm(join(folder, 'web'), { recursive: true });
  expect((await run('serve')).stdout).toBe('serve\n');
  await rm(join(folder, 'dist', 'web'), { recursive: true });
  expect((await run('serve')).stderr).toContain('npm ci');
});
