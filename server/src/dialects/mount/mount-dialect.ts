import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { Intake } from '../../intake/arrival.ts';
import type { Dialect } from '../dialect.ts';
import { LARGEST_BODY } from './limits.ts';
import { type MountedRoute, mountedRoutesOf, ownerOf } from './mounted-route.ts';
import { incomingOf, problemOfFramework, unreadIncoming } from './read-wire.ts';
import { headersOf, sendReply } from './send-reply.ts';
import { type Edge, refuseSafely, takeRequest } from './take-request.ts';

/**
 * Mounts every dialect's paths, including unknown ones below its prefixes. All replies, even to broken requests, are in
 * the dialect's own format. Requires the router's `ignoreDuplicateSlashes` and `ignoreTrailingSlash`.
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
      for (const route of mountedRoutesOf(dialect, scope.supportedMethods)) mountWay(scope, route, { intake, log });
    });
}

/** Hides content types from Fastify, which would refuse sloppy ones before the body is read. */
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

function mountWay(scope: FastifyInstance, route: MountedRoute, edge: Edge): void {
  if (route.methods.length === 0) return;
  const { cors } = route.dialect;
  const headers = headersOf(cors);
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    if (cors && request.method === 'OPTIONS')
      return sendReply(reply, { status: 204, headers: {}, text: '' }, headersOf(cors, true));
    if (isIdle(request)) return sendReply(reply, refuseIdle(route, request), headers);
    const incoming = incomingOf(request, route.dialect);
    const whole = incoming instanceof Promise ? await incoming : incoming;
    return sendReply(reply, await takeRequest(route, whole, edge), headers);
  };
  const errorHandler = async (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const problem = problemOfFramework(error);
    if (problem.kind === 'internal') return sendReply(reply, refuseSafely(route, problem), headers);
    return sendReply(reply, await takeRequest(route, unreadIncoming(request, problem), edge), headers);
  };
  scope.route({
    method: route.methods as HTTPMethods[],
    url: route.path,
    exposeHeadRoute: false,
    handler,
    errorHandler,
  });
}

/** Requests that must have no effect: browser prefetches, HEAD and OPTIONS. */
function isIdle({ method, headers }: FastifyRequest): boolean {
  if (method === 'GET') return /^\s*prefetch/i.test(String(headers['sec-purpose'] ?? headers['purpose'] ?? ''));
  return method === 'HEAD' || method === 'OPTIONS';
}

function refuseIdle(route: MountedRoute, { method }: FastifyRequest) {
  const allowed = route.methods.filter((one) => one !== method);
  const reply = refuseSafely(route, route.problem ?? { kind: 'method_not_allowed', allowed });
  return method === 'HEAD' ? { ...reply, text: '' } : reply;
}

/**
 * For Fastify's `frameworkErrors`: words an undecodable URL as an unknown path of its dialect. Returns whether it
 * belongs to one.
 */
export function refuseBadUrl(dialects: readonly Dialect[], url: string, reply: FastifyReply): boolean {
  const dialect = ownerOf(/^[^?]*/.exec(url)?.[0] ?? '', dialects);
  if (!dialect) return false;
  sendReply(reply, refuseSafely(dialect, { kind: 'not_found', what: 'path' }), headersOf(dialect.cors));
  return true;
}
