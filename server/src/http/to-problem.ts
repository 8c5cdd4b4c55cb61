import { hasCode, isDiskFull, isTimeout, isUnavailable } from '../platform/database/database-errors.ts';
import { type ApiProblem, Refused } from './refused.ts';

const RETRY_SECONDS = 2;

/** Converts an error to the problem to respond with. `internal` is our fault and must be logged. */
export function toProblem(error: unknown, bodyLimit: number, mediaType: string | undefined): ApiProblem {
  if (error instanceof Refused) return error.problem;
  if (hasCode(error, 'FST_ERR_CTP_BODY_TOO_LARGE')) return { kind: 'too_large', limitBytes: bodyLimit };
  if (hasCode(error, 'FST_ERR_CTP_INVALID_MEDIA_TYPE', 'FST_ERR_CTP_INVALID_TYPE'))
    return { kind: 'unsupported_media', detail: mediaType?.slice(0, 100) ?? 'no Content-Type' };
  if (isUnavailable(error) || isDiskFull(error) || isTimeout(error))
    return { kind: 'unavailable', retryAfterSeconds: RETRY_SECONDS };
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status === 'number' && status >= 400 && status < 500)
    return { kind: 'malformed', detail: 'The request is not well-formed HTTP.' };
  return { kind: 'internal' };
}
