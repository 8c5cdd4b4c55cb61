import { isDiskFull, isUnavailable } from './database/database-errors.ts';
import type { Problem } from './problem.ts';

/** What a client is told of an error that nobody expected: come again soon, or nothing but that it was our fault. */
export function problemOfFault(error: unknown): Problem {
  const away = isUnavailable(error) || isDiskFull(error);
  return away ? { kind: 'unavailable', retryAfterSeconds: 2 } : { kind: 'internal' };
}

/**
 * An error for the log, without values: a parser's message quotes what it was given, so of a SyntaxError only the place is
 * told; of the database's message what stands in quotes is left out.
 */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no error was thrown';
  const place = error.stack?.split('\n').slice(1).join('\n') ?? '';
  if (error instanceof SyntaxError) return `SyntaxError\n${place}`;
  if ('severity' in error && 'code' in error)
    return `${error.code} ${error.message.replace(/"[^"]*"/g, '"…"')}\n${place}`;
  return `${error.name}: ${error.message}\n${place}`;
}
