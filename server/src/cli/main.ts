import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config.ts';
import { operatorError } from '../platform/operator-error.ts';
import { projectRoot } from '../platform/project-root.ts';
import { backup } from './backup.ts';
import { type Call, type Command, isUsageError, usageError } from './command.ts';
import { conformance } from './conformance.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { link } from './link.ts';
import { memberCreate, memberList, memberResetTwoStep } from './member.ts';
import { migrateCommand } from './migrate.ts';
import { errorText, type Output, openOutput } from './output.ts';
import { erasureList, personErase, personShow } from './person.ts';
import { recheck } from './recheck.ts';
import { restore } from './restore.ts';
import { retentionRun, retentionShow } from './retention.ts';
import { secretsForget } from './secrets.ts';
import { serveCommand } from './serve.ts';
import { tokenCreate, tokenList, tokenRevoke } from './token.ts';
import { nameOf, optionsIn, overview, usageOf, wordsIn } from './usage.ts';
import { verifyCommand } from './verify.ts';
import { workspaceCreate, workspaceList } from './workspace.ts';

/** All commands, in the order of the overview. */
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
  secretsForget,
  retentionShow,
  retentionRun,
  personShow,
  personErase,
  erasureList,
  link,
  demo,
  recheck,
  conformance,
];

/** The process's streams and configuration, replaceable for tests. */
export interface Environment {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
  stdin: NodeJS.ReadableStream;
  readConfig(): Config;
}

const processEnvironment: Environment = {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  readConfig,
};

/** Runs a command line. Returns the exit code: 0 for success, 1 for failure, 2 for a usage error. */
export async function main(args: readonly string[], environment: Environment = processEnvironment): Promise<number> {
  const { stdout, stderr } = environment;
  const [first = ''] = args;
  if (['help', '--help', '-h'].includes(first)) return show(stdout, overview(commands), 0);
  if (['version', '--version', '-v'].includes(first)) return show(stdout, version(), 0);
  const command = commands.find((one) =>
    nameOf(one)
      .split(' ')
      .every((word, at) => word === args[at]),
  );
  if (!command) return show(stderr, explainUnknown(args), 2);
  const rest = args.slice(nameOf(command).split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) return show(stdout, usageOf(command), 0);
  return run(command, rest, environment);
}

function show(stream: { write(text: string): unknown }, text: string, code: number): number {
  stream.write(`${text}\n`);
  return code;
}

function version(): string {
  const { version: number } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8'));
  return `leadwell ${number}, Node.js ${process.version}`;
}

/** The usage of all commands that begin with the first word, such as `token`; if there are none, the overview. */
function explainUnknown(args: readonly string[]): string {
  const [noun = ''] = args;
  const verbs = commands.filter((command) => nameOf(command).startsWith(`${noun} `));
  if (verbs.length > 0) return verbs.map(usageOf).join('\n\n');
  return args.length === 0 ? overview(commands) : `There is no command "${noun}".\n\n${overview(commands)}`;
}

async function run(command: Command, args: readonly string[], environment: Environment): Promise<number> {
  const screen = openOutput(environment.stdout, environment.stderr, args.includes('--json'));
  const interrupt = listenForInterrupts(command);
  try {
    const call = readCall(command, args, { screen, signal: interrupt.signal, around: environment });
    await command.run(call);
    return call.exitCode;
  } catch (error) {
    if (!isUsageError(error)) return show(environment.stderr, errorText(error), 1);
    return show(environment.stderr, `${error.message}\n\n${usageOf(command)}`, 2);
  } finally {
    interrupt.stop();
  }
}

function readCall(
  command: Command,
  args: readonly string[],
  { screen, signal, around }: { screen: Output; signal: AbortSignal; around: Environment },
): Call {
  const { values, positionals } = parse(command, args);
  const [least, most] = wordsIn(command.usage);
  if (positionals.length < least) throw usageError('An argument is missing.');
  if (positionals.length > most) throw usageError(`"${positionals[most]}" is one argument too many.`);
  return {
    config: around.readConfig(),
    screen,
    words: positionals,
    values,
    readInput: () => text(around.stdin),
    signal,
    now: new Date(),
    exitCode: 0,
  };
}

function parse({ usage }: Command, args: readonly string[]) {
  try {
    const all = { ...optionsIn(usage), json: { type: 'boolean' } } as const;
    return parseArgs({ args: [...args], options: all, allowPositionals: true, strict: true });
  } catch (error) {
    // The first sentence names the error; the rest only suggests alternatives.
    throw usageError((error instanceof Error ? error.message : String(error)).split('. ')[0] ?? '');
  }
}

/** The server handles signals itself. Other commands stop at the next safe point, or at once on a second signal. */
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
