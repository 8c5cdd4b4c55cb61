import { Readable } from 'node:stream';
import { main } from '../src/cli/main.ts';
import { readConfig } from '../src/config.ts';
import type { Ended } from './command-line.ts';

/**
 * Runs one command in this process, with no settings but those given. Everything but the start of the program is the
 * same as for `runProgram`, which takes much longer because each process loads the whole server.
 */
export async function runCommand(settings: Readonly<Record<string, string>>, args: readonly string[]): Promise<Ended> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(args, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    stdin: Readable.from([]),
    readConfig: () => readConfig(settings),
  });
  return { code, stdout: out.join(''), stderr: err.join('') };
}
