import { spawn } from 'node:child_process';

/** How a program ended: its exit code (null after a signal) and the last 16 kB of its output. */
export interface RunResult {
  readonly code: number | null;
  readonly output: string;
}

/** The account and environment of a program. It sees only `env`: nothing of ours leaks in. */
export interface RunOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly env: Readonly<Record<string, string>>;
}

const MAX_OUTPUT = 16_384;

/** Runs a program to its end in its own session, which Ctrl-C does not reach. Rejects if it cannot be started. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      // The root folder, because the account may be unable to enter ours.
      cwd: process.platform === 'win32' ? undefined : '/',
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-MAX_OUTPUT);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('exit', (code) => {
      // On Windows a started server may have inherited the pipes, so waiting for them to close has a limit.
      const timeout = setTimeout(() => resolve({ code, output }), 500);
      child.once('close', () => {
        clearTimeout(timeout);
        resolve({ code, output });
      });
    });
  });
}
