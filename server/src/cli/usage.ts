import type { Command } from './command.ts';

/** How one command is typed. */
export function usageOf({ name, usage, about }: Command): string {
  return `${`leadwell ${name} ${usage}`.trim()} [--json]\n  ${about}`;
}

/** All commands with one line each. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'leadwell <command> [options]',
    '',
    ...commands.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`),
    '',
    '  <command> --help   shows how it is typed',
    '  --json             prints the result as JSON',
    '',
    'Commands work on the store of DATA_DIR (./data) or DATABASE_URL, beside a running server or without one.',
  ].join('\n');
}
