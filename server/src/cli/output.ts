import type { Finding } from '../backup/checks-store.ts';
import { isOperatorError } from '../platform/operator-error.ts';

/** A command's output. With `--json` exactly one value goes to stdout, and warnings go to stderr. */
export interface Output {
  /** Prints the command's result: these lines, or the value as JSON. */
  show(value: unknown, lines: readonly string[]): void;
  /** Prints a line of progress on stdout; nothing with `--json`. */
  say(line: string): void;
  /** Prints a line on stderr. */
  warn(line: string): void;
}

interface Stream {
  write(text: string): unknown;
}

export function openOutput(out: Stream, err: Stream, json: boolean): Output {
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

/** A line for a kind of record and how many there are. */
export const countLine = ([kind, count]: readonly [string, number]) => `${kind.replaceAll('_', ' ')}: ${count}`;

/** Formats rows as aligned columns with a heading. */
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

/** The message for an error: operator errors as they are, others marked as unexpected. */
export function errorText(error: unknown): string {
  if (isOperatorError(error)) return error.message;
  const message = error instanceof Error ? error.message || error.name : String(error);
  return `Unexpected error: ${message}`;
}

/** Prints findings as they arrive and returns them all. */
export async function collect(findings: AsyncIterable<Finding>, screen: Output): Promise<Finding[]> {
  const all: Finding[] = [];
  for await (const finding of findings) {
    all.push(finding);
    screen.say(lineOf(finding));
  }
  return all;
}

function lineOf({ name, differences, ids }: Finding): string {
  if (differences === 0) return `ok    ${name}`;
  return `FAIL  ${name}: ${differences} wrong (${ids.join(', ')}${differences > ids.length ? ', ...' : ''})`;
}
