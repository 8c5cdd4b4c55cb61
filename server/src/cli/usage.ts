import type { Command } from './command.ts';

/** The usage text of one command. */
export function usageOf({ name, usage, about }: Command): string {
  return `${`leadwell ${name} ${usage}`.trim()} [--json]\n  ${about}`;
}

/** All commands, one line each. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'leadwell <command> [options]',
    '',
    ...commands.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`),
    '',
    '  <command> --help   shows its usage',
    '  --json             prints the result as JSON',
    '',
    'Commands use the store in DATA_DIR (./data) or DATABASE_URL, whether or not a server is running.',
  ].join('\n');
}
