import { spawn } from 'node:child_process';

/** How a program ended: its exit code (null after a signal) and the last 16 kB of what it printed. */
export interface RunResult {
  readonly code: number | null;
  readonly output: string;
}

/** Under whom and with what a program runs. `env` is all it sees: nothing of ours leaks in. */
export interface RunOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly env: Readonly<Record<string, string>>;
}

const KEPT_OUTPUT = 16_384;

/** Runs a program in a session of its own (Ctrl-C does not reach it) to its end. Rejects if it cannot be started. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      // The root folder, for the account may be unable to enter ours.
      cwd: process.platform === 'win32' ? undefined : '/',
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('exit', (code) => {
      // A started server may have inherited the pipes (Windows), so their end is not waited for without limit.
      const late = setTimeout(() => resolve({ code, output }), 500);
      child.once('close', () => {
        clearTimeout(late);
        resolve({ code, output });
      });
    });
  });
}
