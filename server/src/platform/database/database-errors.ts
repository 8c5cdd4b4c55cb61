/** True when an error carries one of these codes: a Node code such as ENOENT, or an SQLSTATE. */
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

/** Shutting down, crashed, starting up, too many connections, no longer the primary. */
const AWAY_STATES = new Set(['57P01', '57P02', '57P03', '53300', '25006']);

/** Errors from pg and its pool that carry no code, only a message. */
const AWAY_MESSAGES =
  /^(timeout exceeded when trying to connect|timeout expired|Connection terminated|Query read timeout|Client was closed and is not queryable|Client has encountered a connection error|Cannot use a pool after calling end)/;

/** The database cannot be reached or is going away. Callers answer 503, because nothing was stored. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isUnavailable);
  const code = codeOf(error);
  if (code !== undefined) {
    if (AWAY_STATES.has(code) || /^08...$/.test(code)) return true;
    // A missing file and a missing socket share ENOENT; the system call tells them apart.
    return NETWORK_CODES.has(code) && (code !== 'ENOENT' || (error as { syscall?: unknown }).syscall === 'connect');
  }
  return error instanceof Error && AWAY_MESSAGES.test(error.message);
}

/** The error thrown instead of sending a query while the database is known not to answer. */
export function databaseAway(): Error {
  return Object.assign(new Error('The database does not answer.'), { code: '57P03' });
}

/** The database's disk is full. */
export function isDiskFull(error: unknown): boolean {
  return hasCode(error, '53100', 'ENOSPC');
}

/** A serialisation failure or deadlock: the same transaction can simply be run again. */
export function isRetryable(error: unknown): boolean {
  return hasCode(error, '40001', '40P01');
}

/** A unique constraint was violated. */
export function isConflict(error: unknown): boolean {
  return hasCode(error, '23505');
}

/** A statement ran, or waited for a lock, longer than the session allows. */
export function isTimeout(error: unknown): boolean {
  return hasCode(error, '57014', '55P03', '25P03', '25P04');
}

/** The database found stored data that it cannot read: a damaged page, row or index, or a missing file. */
export function isDamage(error: unknown): boolean {
  return hasCode(error, 'XX000', 'XX001', 'XX002', '58030', '58P01', '22021', '22P05');
}
