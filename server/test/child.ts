import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const platform = fileURLToPath(new URL('../src/platform/', import.meta.url));
/** The installed packages of this repository. */
export const nodeModules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** The child's program: starts the cluster (and takes the instance lock), reports, and stops when its input ends. */
const SCRIPT = `
import { startCluster } from './platform/postgres/cluster.js';
import { holdInstance } from './platform/postgres/instance-lock.js';
const [dataDir, mode] = process.argv.slice(2);
const say = (event) => process.stdout.write(JSON.stringify(event) + '\\n');
process.on('SIGINT', () => say({ event: 'interrupted' }));
try {
  const cluster = await startCluster({ dataDir, settings: { fsync: false } });
  const instance = mode === 'instance' ? await holdInstance(cluster.app, { dataDir }) : null;
  say({ event: 'ready', started: cluster.started });
  if (mode !== 'once') await new Promise((resolve) => process.stdin.on('end', resolve).resume());
  await instance?.release();
  await cluster.stop();
  say({ event: 'stopped' });
} catch (error) {
  say({ event: 'failed', message: error.message, name: error.name });
  process.exit(1);
}
`;

/** Compiles the platform into a folder, from which `startChild` can run it under plain Node. */
export async function compilePlatform(folder: string, options: { linkModules?: boolean } = {}): Promise<string> {
  for (const file of await readdir(platform, { recursive: true })) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    const target = join(folder, 'platform', file.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, compiled(await readFile(join(platform, file), 'utf8'), file));
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'child.js'), SCRIPT);
  if (options.linkModules !== false) await symlink(nodeModules, join(folder, 'node_modules'));
  return folder;
}

function compiled(text: string, fileName: string): string {
  return ts.transpileModule(text, {
    fileName,
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      rewriteRelativeImportExtensions: true,
      verbatimModuleSyntax: true,
    },
  }).outputText;
}

/** `hold` waits to be told to stop, `once` stops immediately, `instance` also takes the instance lock. */
export type ChildMode = 'hold' | 'once' | 'instance';

/** A miniature Leadwell process. */
export interface Child {
  readonly process: ChildProcess;
  /** The process's next message; rejects if the process ends without one. */
  next(): Promise<Record<string, unknown>>;
  /** Tells the process to stop, and waits until it has ended. */
  finish(): Promise<void>;
  /** Sends SIGKILL and waits until the process has ended. */
  kill(): Promise<void>;
}

/**
 * Runs the compiled child in its own process group. The environment is empty, so there is no LANG, as in a container.
 */
export function startChild(
  folder: string,
  dataDir: string,
  mode: ChildMode = 'hold',
  identity: { uid?: number; gid?: number } = {},
): Child {
  const child = spawn(process.execPath, [join(folder, 'child.js'), dataDir, mode], {
    ...identity,
    env: {},
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    process: child,
    async next() {
      const { value, done } = await lines.next();
      if (done) throw new Error('The child process ended without a word.');
      return JSON.parse(value) as Record<string, unknown>;
    },
    async finish() {
      child.stdin.end();
      await ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
