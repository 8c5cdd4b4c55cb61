import type { FastifyInstance, FastifyReply, HTTPMethods } from 'fastify';
import { sendReply } from '../../http/send-reply.ts';
import type { Intake } from '../../intake/arrival.ts';
import { LARGEST_BODY } from '../../intake/receive.ts';
import type { Dialect } from '../dialect.ts';
import { admitAddress, type Edge, handle, handleUnread, headersOf, refuseSafely } from './handle-request.ts';
import { type MountedRoute, mountedRoutesOf, ownerOf } from './mounted-route.ts';

/**
 * Mounts every dialect's paths and a catch-all below its prefixes. All responses, even to broken requests, use the
 * dialect's own format. Requires the router's `ignoreDuplicateSlashes` and `ignoreTrailingSlash`.
 */
export function mountDialects(
  app: FastifyInstance,
  dialects: readonly Dialect[],
  intake: Intake,
  log: Edge['log'],
): void {
  for (const dialect of dialects)
    app.register(async (scope) => {
      takeBodiesAsBytes(scope);
      for (const route of mountedRoutesOf(dialect, scope.supportedMethods)) mountRoute(scope, route, { intake, log });
    });
}

/** Hides content types from Fastify, which would reject malformed ones before reading the body. */
function takeBodiesAsBytes(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_BODY }, (_request, body, done) => {
    done(null, body);
  });
  scope.decorateRequest('sentContentType', undefined);
  scope.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw;
    request.sentContentType = headers['content-type'];
    headers['content-type'] = undefined;
    done();
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    sentContentType: string | undefined;
  }
}

function mountRoute(scope: FastifyInstance, route: MountedRoute, edge: Edge): void {
  if (route.methods.length === 0) return;
  scope.route({
    method: route.methods as HTTPMethods[],
    url: route.path,
    exposeHeadRoute: false,
    onRequest: (request, reply, done) => admitAddress(route, request, reply, edge, done),
    handler: (request, reply) => handle(route, request, reply, edge),
    errorHandler: (error, request, reply) => handleUnread(route, error, request, reply, edge),
  });
}

/**
 * For Fastify's `frameworkErrors`: answers an undecodable URL as an unknown path of its dialect. Returns false if the
 * URL is below no dialect's prefix.
 */
export function refuseBadUrl(dialects: readonly Dialect[], url: string, reply: FastifyReply): boolean {
  const dialect = ownerOf(/^[^?]*/.exec(url)?.[0] ?? '', dialects);
  if (!dialect) return false;
  sendReply(reply, refuseSafely(dialect, { kind: 'not_found', what: 'path' }), headersOf(dialect.cors));
  return true;
}
