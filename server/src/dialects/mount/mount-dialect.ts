import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { sendReply } from '../../http/send-reply.ts';
import type { Intake } from '../../intake/arrival.ts';
import { type Incoming, LARGEST_BODY, splitUrl } from '../../intake/receive.ts';
import { type Decoded, decodeBody, tooManyPairs, unreadable } from '../../platform/decode/decode.ts';
import { parseQuery } from '../../platform/decode/pairs.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Dialect } from '../dialect.ts';
import { type MountedRoute, mountedRoutesOf, ownerOf } from './mounted-route.ts';
import { type Edge, refuseSafely, takeRequest } from './take-request.ts';

/**
 * Mounts every dialect's paths, unknown ones below its prefixes included. All replies, also of broken requests, are in
 * the dialect's own words. Expects `ignoreDuplicateSlashes` and `ignoreTrailingSlash` of the router.
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

/** Fastify refuses sloppy content types before anyone can read the body, so the header is hidden from it. */
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

/** Requests that must never do anything: a browser's prefetch, HEAD and OPTIONS. */
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
 * For Fastify's `frameworkErrors`: answers a URL that cannot be decoded as an unknown path of its dialect. False when it
 * is below no dialect's prefix.
 */
export function refuseBadUrl(dialects: readonly Dialect[], url: string, reply: FastifyReply): boolean {
  const dialect = ownerOf(/^[^?]*/.exec(url)?.[0] ?? '', dialects);
  if (!dialect) return false;
  sendReply(reply, refuseSafely(dialect, { kind: 'not_found', what: 'path' }), headersOf(dialect.cors));
  return true;
}

const DAY = '86400';

/** Nothing about a lead is to be stored by caches, passed on in a referer, or taken for a page. */
const guards = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The headers of every reply of a dialect; with `preflight` also those that let a browser go on. */
function headersOf(cors: Dialect['cors'], preflight = false): Record<string, string> {
  if (!cors) return guards;
  const open = { ...guards, 'access-control-allow-origin': '*' };
  if (!preflight) return open;
  return {
    ...open,
    'access-control-allow-methods': cors.methods.join(', '),
    'access-control-allow-headers': cors.headers.join(', '),
    'access-control-max-age': DAY,
  };
}

const noBytes = Buffer.alloc(0);

/** Frees a request of the framework and decodes it. A promise only for multipart bodies. */
function incomingOf(request: FastifyRequest, { bodies }: Dialect): Incoming | Promise<Incoming> {
  const headers = sentHeaders(request);
  const bytes = Buffer.isBuffer(request.body) ? request.body : noBytes;
  const decoded = decodeBody(bytes, headers, bodies);
  return decoded instanceof Promise
    ? decoded.then((late) => assemble(request, headers, bytes, late))
    : assemble(request, headers, bytes, decoded);
}

/** A request whose body never arrived whole, with the reason. */
function unreadIncoming(request: FastifyRequest, problem: Problem): Incoming {
  return { ...assemble(request, sentHeaders(request), noBytes, unreadable(problem)), problem };
}

/** Why the framework gave up on a request: the body's fault, or ours. */
function problemOfFramework(error: unknown): Problem {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { kind: 'too_large', limitBytes: LARGEST_BODY };
  const ofClient = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  return ofClient ? { kind: 'malformed', detail: 'The body did not arrive as announced.' } : { kind: 'internal' };
}

type Headers = Record<string, string>;

function assemble(request: FastifyRequest, headers: Headers, bytes: Buffer, { body, text }: Decoded): Incoming {
  const { url = '', method = '' } = request.raw;
  const [path, query] = splitUrl(url);
  const pairs = parseQuery(query);
  return {
    id: uuidv7(),
    wire: { method, path, params: request.params as Record<string, string>, query: pairs ?? [], headers, body, text },
    query,
    bytes,
    received_at: new Date(),
    address: request.ip,
    ...(!pairs && { problem: tooManyPairs }),
  };
}

/** Node joins headers that come twice; the only one that it leaves as a list is never in a request. */
function sentHeaders({ raw, sentContentType }: FastifyRequest): Headers {
  if (sentContentType !== undefined) raw.headers['content-type'] = sentContentType;
  return raw.headers as Headers;
}
