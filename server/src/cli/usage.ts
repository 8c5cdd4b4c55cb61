import type { ParseArgsConfig } from 'node:util';
import type { Command } from './command.ts';

/** An option in a usage: `--force`, `--email E`, or `--scope S ...` for one that can be repeated. */
const OPTION = /--([a-z-]+)(?: ([A-Z][^\s\])]*))?( \.\.\.)?/g;

/** The words that name a command: `token create`. */
export function nameOf({ usage }: Command): string {
  return /^[a-z]+( [a-z][a-z0-9-]*)?/.exec(usage)?.[0] ?? '';
}

/** The options that a usage names. An option that has a value is followed by a word in capitals. */
export function optionsIn(usage: string): NonNullable<ParseArgsConfig['options']> {
  const options = [...usage.matchAll(OPTION)].map(([, name = '', value, more]) => {
    return [name, { type: value ? 'string' : 'boolean', multiple: more !== undefined }] as const;
  });
  return Object.fromEntries(options);
}

/** How many words a usage needs, and how many it allows, besides its options: `FILE` is needed, `[URL]` is not. */
export function wordsIn(usage: string): readonly [least: number, most: number] {
  const words = usage.replace(OPTION, '').match(/\[?[A-Z][A-Z-]*/g) ?? [];
  return [words.filter((word) => !word.startsWith('[')).length, words.length];
}

/** The usage text of one command. */
export function usageOf({ usage, about }: Command): string {
  return `leadwell ${usage} [--json]\n  ${about}`;
}

/** All commands, one line each. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => nameOf(command).length));
  return [
    'leadwell <command> [options]',
    '',
    ...commands.map((command) => `  ${nameOf(command).padEnd(width)}  ${command.about}`),
    '',
    '  <command> --help   shows its usage',
    '  --json             prints the result as JSON',
    '',
    'Commands use the store in DATA_DIR (./data) or DATABASE_URL, whether or not a server is running.',
  ].join('\n');
}
