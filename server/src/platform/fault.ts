import { isDiskFull, isTimeout, isUnavailable } from './database/database-errors.ts';
import type { Problem } from './problem.ts';

/** What a client is told about an unexpected error: to retry soon, or just that it was a server error. */
export function problemOfFault(error: unknown): Problem {
  const away = isUnavailable(error) || isDiskFull(error) || isTimeout(error);
  return away ? { kind: 'unavailable', retryAfterSeconds: 2 } : { kind: 'internal' };
}

/**
 * Describes an error for the log without the values it may quote: only the stack of a SyntaxError, and database
 * messages without their quoted parts.
 */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is not an error was thrown';
  const place = error.stack?.split('\n').slice(1).join('\n') ?? '';
  if (error instanceof SyntaxError) return `SyntaxError\n${place}`;
  if ('severity' in error && 'code' in error)
    return `${error.code} ${error.message.replace(/"[^"]*"/g, '"…"')}\n${place}`;
  return `${error.name}: ${error.message}\n${place}`;
}
