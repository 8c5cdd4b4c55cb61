import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config.ts';
import { operatorError } from '../platform/operator-error.ts';
import { projectRoot } from '../platform/project-root.ts';
import { backup } from './backup.ts';
import { type Call, type Command, isMisuse, misused } from './command.ts';
import { conformance } from './conformance.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { link } from './link.ts';
import { memberCreate, memberList, memberResetTwoStep } from './member.ts';
import { migrateCommand } from './migrate.ts';
import { restore } from './restore.ts';
import { makeScreen, type Screen, sentenceOf } from './screen.ts';
import { serveCommand } from './serve.ts';
import { tokenCreate, tokenList, tokenRevoke } from './token.ts';
import { overview, usageOf } from './usage.ts';
import { verifyCommand } from './verify.ts';
import { workspaceCreate, workspaceList } from './workspace.ts';

/** Every command there is, in the order of the overview. */
export const commands: readonly Command[] = [
  serveCommand,
  migrateCommand,
  doctor,
  verifyCommand,
  backup,
  restore,
  tokenCreate,
  tokenList,
  tokenRevoke,
  workspaceCreate,
  workspaceList,
  memberCreate,
  memberList,
  memberResetTwoStep,
  link,
  demo,
  conformance,
];

/** What a run may be given in place of the process's own. */
export interface Surroundings {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
  stdin: NodeJS.ReadableStream;
  readConfig(): Config;
}

const own: Surroundings = { stdout: process.stdout, stderr: process.stderr, stdin: process.stdin, readConfig };

/** Runs one command line. Gives the exit code: 0 done, 1 refused or failed, 2 not understood. */
export async function main(args: readonly string[], around: Surroundings = own): Promise<number> {
  const { stdout, stderr } = around;
  const [first = ''] = args;
  if (['help', '--help', '-h'].includes(first)) return show(stdout, overview(commands), 0);
  if (['version', '--version', '-v'].includes(first)) return show(stdout, version(), 0);
  const command = commands.find(({ name }) => name.split(' ').every((word, at) => word === args[at]));
  if (!command) return show(stderr, unknown(args), 2);
  const rest = args.slice(command.name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) return show(stdout, usageOf(command), 0);
  return run(command, rest, around);
}

function show(stream: { write(text: string): unknown }, text: string, code: number): number {
  stream.write(`${text}\n`);
  return code;
}

function version(): string {
  const { version: number } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8'));
  return `leadwell ${number}, Node.js ${process.version}`;
}

/** A noun alone is answered with its verbs, anything else with everything. */
function unknown(args: readonly string[]): string {
  const [noun = ''] = args;
  const verbs = commands.filter(({ name }) => name.startsWith(`${noun} `));
  if (verbs.length > 0) return verbs.map(usageOf).join('\n\n');
  return args.length === 0 ? overview(commands) : `There is no command "${noun}".\n\n${overview(commands)}`;
}

async function run(command: Command, args: readonly string[], around: Surroundings): Promise<number> {
  const screen = makeScreen(around.stdout, around.stderr, args.includes('--json'));
  const interrupt = listenForInterrupts(command);
  try {
    return (await command.run(readCall(command, args, { screen, signal: interrupt.signal, around }))) ?? 0;
  } catch (error) {
    if (!isMisuse(error)) return show(around.stderr, sentenceOf(error), 1);
    return show(around.stderr, `${error.message}\n\n${usageOf(command)}`, 2);
  } finally {
    interrupt.stop();
  }
}

function readCall(
  command: Command,
  args: readonly string[],
  { screen, signal, around }: { screen: Screen; signal: AbortSignal; around: Surroundings },
): Call {
  const { values, positionals } = parse(command, args);
  const [least, most] = command.words ?? [0, 0];
  if (positionals.length < least) throw misused('Something is missing.');
  if (positionals.length > most) throw misused(`"${positionals[most]}" is not understood.`);
  return {
    config: around.readConfig(),
    screen,
    words: positionals,
    values,
    readInput: () => text(around.stdin),
    signal,
    now: new Date(),
  };
}

function parse({ options }: Command, args: readonly string[]) {
  try {
    const all = { ...options, json: { type: 'boolean' } } as const;
    return parseArgs({ args: [...args], options: all, allowPositionals: true, strict: true });
  } catch (error) {
    // Its first sentence says what is wrong, the others how to write something else.
    throw misused((error instanceof Error ? error.message : String(error)).split('. ')[0] ?? '');
  }
}

/** The server has its own way of stopping; other commands stop at the next good moment, a second time at once. */
function listenForInterrupts(command: Command): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const interrupt = () => controller.abort(operatorError('Interrupted.'));
  const signals = command === serveCommand ? [] : (['SIGINT', 'SIGTERM'] as const);
  for (const signal of signals) process.once(signal, interrupt);
  return {
    signal: controller.signal,
    stop: () => {
      for (const signal of signals) process.removeListener(signal, interrupt);
    },
  };
}
