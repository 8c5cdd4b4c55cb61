import type { FastifyInstance } from 'fastify';
import { pgJson } from '../platform/database/pg-json.ts';
import { type Decoded, decodeBody } from '../platform/decode/decode.ts';
import type { Problem } from '../platform/problem.ts';
import { Refused } from './refused.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The raw bytes of the body, for the journal; null if there was none or it was not read. */
    rawBody: Buffer | null;
    /** The body with its numbers exactly as sent, if JavaScript would write some of them differently. */
    exactBody: unknown;
  }
}

/** Parses JSON bodies strictly and leaves the raw bytes in `rawBody` for the journal. */
export function readJsonBodies(scope: FastifyInstance): void {
  scope.decorateRequest('rawBody', null);
  scope.decorateRequest('exactBody', undefined);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    request.rawBody = bytes;
    const decoded = decodeBody(bytes, request.headers, 'json');
    // Only multipart forms decode asynchronously, and this API does not accept them.
    if (decoded instanceof Promise) return done(new Refused({ kind: 'unsupported_media', detail: 'multipart' }));
    const { value, exact, problem } = jsonValue(decoded);
    request.exactBody = exact;
    if (problem) done(new Refused(problem));
    else done(null, value);
  });
  scope.addHook('preValidation', (request, _reply, done) => {
    if (request.body === undefined && request.routeOptions.schema?.body) request.body = {};
    done();
  });
}

/**
 * The value of a JSON body, or the problem with it. An empty body counts as `{}`, so that missing fields can be
 * reported.
 */
export function jsonValue({
  body,
  text,
}: Decoded):
  | { value: unknown; exact?: unknown; problem?: undefined }
  | { value?: undefined; exact?: undefined; problem: Problem } {
  if (body.kind === 'unreadable') return { problem: body.problem };
  if (body.kind !== 'json') return { value: {} };
  // PostgreSQL stores neither NUL nor lone surrogates.
  const storable = (value: unknown) => (/\\u(?:0000|d[89a-f])/i.test(text) ? JSON.parse(pgJson(value)) : value);
  return { value: storable(body.value), ...(body.exact !== undefined && { exact: storable(body.exact) }) };
}
