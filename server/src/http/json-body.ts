import type { FastifyInstance } from 'fastify';
import { parseBody } from './parse-body.ts';
import { Refused } from './refused.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The raw bytes of the body, for the journal; null if there was none or it was not read. */
    rawBody: Buffer | null;
  }
}

/** Parses JSON bodies strictly and keeps their bytes. */
export function readJsonBodies(scope: FastifyInstance): void {
  scope.decorateRequest('rawBody', null);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    request.rawBody = bytes;
    const { value, problem } = parseBody(bytes, request.headers);
    if (problem) done(new Refused(problem));
    else done(null, value);
  });
  scope.addHook('preValidation', (request, _reply, done) => {
    if (request.body === undefined && request.routeOptions.schema?.body) request.body = {};
    done();
  });
}
