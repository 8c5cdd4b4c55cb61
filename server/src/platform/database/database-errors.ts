/** True when an error carries one of these codes (of Node, such as ENOENT, or an SQLSTATE). */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  const code = codeOf(error);
  return code !== undefined && codes.includes(code);
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
]);

/** Shutting down, crashed, starting up, no free connection. */
const AWAY_STATES = new Set(['57P01', '57P02', '57P03', '53300']);

/** pg and its pool name these by their message alone. */
const AWAY_MESSAGES =
  /^(timeout exceeded when trying to connect|timeout expired|Connection terminated|Query read timeout|Client was closed and is not queryable|Client has encountered a connection error|Cannot use a pool after calling end)/;

/** The database cannot be reached or is going away: answer 503 and promise nothing. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isUnavailable);
  const code = codeOf(error);
  if (code !== undefined) {
    if (AWAY_STATES.has(code) || /^08...$/.test(code)) return true;
    // Files that are missing have the same code as a missing socket: the system call tells them apart.
    return NETWORK_CODES.has(code) && (code !== 'ENOENT' || (error as { syscall?: unknown }).syscall === 'connect');
  }
  return error instanceof Error && AWAY_MESSAGES.test(error.message);
}

/** The volume of the database is full. */
export function isDiskFull(error: unknown): boolean {
  return hasCode(error, '53100', 'ENOSPC');
}

/** Lost a race (serialisation failure, deadlock): the same transaction may simply be run again. */
export function isRetryable(error: unknown): boolean {
  return hasCode(error, '40001', '40P01');
}

/** A unique constraint said no. */
export function isConflict(error: unknown): boolean {
  return hasCode(error, '23505');
}

/** A statement or its wait for a lock took longer than the session allows. */
export function isTimeout(error: unknown): boolean {
  return hasCode(error, '57014', '55P03', '25P03', '25P04');
}
