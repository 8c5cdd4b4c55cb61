import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/leadwell.js', import.meta.url));

/** How a command ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the program with no environment variables but PATH and those given. */
export function startProgram(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  file = program,
): ChildProcess {
  return spawn(process.execPath, [file, ...args], { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: 'pipe' });
}

/** Runs one command to its end, with `input` on its stdin. */
export async function runProgram(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  { input = '', file = program }: { input?: string; file?: string } = {},
): Promise<Ended> {
  const child = startProgram(env, args, file);
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout = '', stderr = ''] = await Promise.all(
    [child.stdout, child.stderr].map((out) => (out ? text(out) : '')),
  );
  return { code: await code, stdout, stderr };
}
