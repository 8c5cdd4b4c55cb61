import type { ParseArgsConfig } from 'node:util';
import type { Config } from '../config.ts';
import type { Screen } from './screen.ts';

/** One command of the command line. */
export interface Command {
  /** As it is typed: `token create`. */
  name: string;
  /** What follows the name: `FILE [--force]`. */
  usage: string;
  /** One sentence for the overview. */
  about: string;
  options: NonNullable<ParseArgsConfig['options']>;
  /** Least and most words that follow the name. */
  words?: readonly [least: number, most: number];
  /** Answers the exit code; nothing is 0. Refusals are thrown. */
  run(call: Call): Promise<number | undefined>;
}

type Value = string | boolean | (string | boolean)[] | undefined;

/** One run of a command. */
export interface Call {
  config: Config;
  screen: Screen;
  words: readonly string[];
  values: Readonly<Record<string, Value>>;
  /** Read whole when a command wants it. */
  readInput(): Promise<string>;
  /** Aborted by Ctrl-C or SIGTERM. */
  signal: AbortSignal;
  now: Date;
}

/** An error of whoever typed the command: printed with the usage, exit code 2. */
export function misused(message: string): Error {
  const error = new Error(message);
  error.name = 'Misuse';
  return error;
}

export function isMisuse(error: unknown): error is Error {
  return error instanceof Error && error.name === 'Misuse';
}

/** An option's text, or undefined when it was not given or is blank. */
export function optional({ values }: Call, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}

export function required(call: Call, name: string): string {
  const value = optional(call, name);
  if (value === undefined) throw misused(`--${name} is missing.`);
  return value;
}

export function flag({ values }: Call, name: string): boolean {
  return values[name] === true;
}

/** All values of an option that may be repeated or hold several, separated by commas. */
export function many({ values }: Call, name: string): string[] {
  const given = values[name];
  const texts = Array.isArray(given) ? given : [];
  return texts.flatMap((text) => String(text).split(',')).flatMap((text) => text.trim() || []);
}

/** An option whose value must be one of a list. */
export function oneOf<T extends string>(call: Call, name: string, allowed: readonly T[]): T | undefined {
  const value = optional(call, name);
  const found = allowed.find((one) => one === value);
  if (value !== undefined && found === undefined)
    throw misused(`--${name} must be one of ${allowed.join(', ')}; it is "${value}".`);
  return found;
}
