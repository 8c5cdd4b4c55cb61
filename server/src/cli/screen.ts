import { isOperatorError } from '../platform/operator-error.ts';

/** Where a command prints to. With `--json` exactly one value goes to stdout, and everything else to stderr. */
export interface Screen {
  /** The command's result: as JSON when that was asked for, else as these lines. */
  show(value: unknown, lines: readonly string[]): void;
  /** A line of progress: on stdout, or with `--json` nowhere. */
  say(line: string): void;
  /** A line on stderr. */
  warn(line: string): void;
}

interface Stream {
  write(text: string): unknown;
}

export function makeScreen(out: Stream, err: Stream, json: boolean): Screen {
  const write = (stream: Stream, lines: readonly string[]) => {
    if (lines.length > 0) stream.write(`${lines.join('\n')}\n`);
  };
  return {
    show: (value, lines) => write(out, json ? [JSON.stringify(value)] : lines),
    say: (line) => {
      if (!json) write(out, [line]);
    },
    warn: (line) => write(err, [line]),
  };
}

/** Rows as columns of equal width, two blanks apart, under a heading. */
export function columns(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [heading, ...rows];
  const widths = heading.map((_, at) => Math.max(...all.map((row) => (row[at] ?? '').length)));
  return all.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** How an error is told: a refusal is a sentence already, anything else is named as unexpected. */
export function sentenceOf(error: unknown): string {
  if (isOperatorError(error)) return error.message;
  const message = error instanceof Error ? error.message || error.name : String(error);
  return `Unexpected error: ${message}`;
}
