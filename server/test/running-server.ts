import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../src/platform/project-root.ts';

/** A server in its own process, started as users start it. */
export interface RunningServer {
  url: string;
  /** Everything it has printed to stdout. */
  words: string;
  child: ChildProcess;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
}

/** Starts `leadwell serve` without waiting for it. */
export function spawnServer(dataDir: string, env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [join(projectRoot(), 'bin/leadwell.js'), 'serve'], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', DATABASE_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts `leadwell serve` on a data folder and waits until it is ready; `env` adds to or replaces its settings. */
export async function runServer(dataDir: string, env: Record<string, string> = {}): Promise<RunningServer> {
  const child = spawnServer(dataDir, env);
  let words = '';
  let complaints = '';
  child.stderr?.on('data', (chunk) => {
    complaints += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    ended.then((code) => reject(new Error(`The server ended with ${code}: ${complaints}`)));
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      words += `${line}\n`;
      const ready = /^Leadwell is ready: (\S+)$/.exec(line)?.[1];
      // The first start prints more after that line, in the same write.
      if (ready) setImmediate(() => resolve(ready));
    });
  });
  return {
    url,
    get words() {
      return words;
    },
    child,
    ended,
  };
}
