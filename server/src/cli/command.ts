import type { Config } from '../config.ts';
import type { Output } from './output.ts';

/** A command of the command line. */
export interface Command {
  /** What is typed, as `token revoke ID [--workspace W]`: read for what is accepted, and shown as help. */
  usage: string;
  /** A sentence for the overview. */
  about: string;
  /** Errors for the user are thrown. */
  run(call: Call): Promise<void>;
}

type Value = string | boolean | (string | boolean)[] | undefined;

/** One invocation of a command. */
export interface Call {
  config: Config;
  screen: Output;
  words: readonly string[];
  values: Readonly<Record<string, Value>>;
  /** Reads all of standard input. */
  readInput(): Promise<string>;
  /** Aborted by Ctrl-C or SIGTERM. */
  signal: AbortSignal;
  now: Date;
  /** Set to 1 by a command that finds something wrong. */
  exitCode: number;
}

/** An error in how the command was typed: printed with the command's usage; the exit code is 2. */
export function usageError(message: string): Error {
  const error = new Error(message);
  error.name = 'Misuse';
  return error;
}

export function isUsageError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'Misuse';
}

/** The text of an option; undefined if absent or blank. */
export function optionalText({ values }: Call, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}

export function requiredText(call: Call, name: string): string {
  const value = optionalText(call, name);
  if (value === undefined) throw usageError(`--${name} is missing.`);
  return value;
}

export function flag({ values }: Call, name: string): boolean {
  return values[name] === true;
}

/** All values of an option that can be repeated or contain several values separated by commas. */
export function listOption({ values }: Call, name: string): string[] {
  const given = values[name];
  const texts = Array.isArray(given) ? given : [];
  return texts.flatMap((text) => String(text).split(',')).flatMap((text) => text.trim() || []);
}

/** An option whose value must be one of a list. */
export function choiceOption<T extends string>(call: Call, name: string, allowed: readonly T[]): T | undefined {
  const value = optionalText(call, name);
  const found = allowed.find((one) => one === value);
  if (value !== undefined && found === undefined)
    throw usageError(`--${name} must be one of ${allowed.join(', ')}, not "${value}".`);
  return found;
}
