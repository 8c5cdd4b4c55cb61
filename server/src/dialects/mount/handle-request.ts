import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { headerProblem } from '../../http/header-problem.ts';
import { sendReply } from '../../http/send-reply.ts';
import type { Intake } from '../../intake/arrival.ts';
import {
  type Incoming,
  LARGEST_BODY,
  readRequest,
  receive,
  sealEnvelope,
  splitUrl,
  wordsFor,
} from '../../intake/receive.ts';
import { type Decoded, decodeBody, tooManyPairs, unreadable } from '../../platform/decode/decode.ts';
import { parseQuery } from '../../platform/decode/pairs.ts';
import { describeFault, problemOfFault } from '../../platform/fault.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { Problem } from '../../platform/problem.ts';
import { type SentReply, serialiseReply } from '../../platform/wire.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import type { Dialect } from '../dialect.ts';
import type { MountedRoute } from './mounted-route.ts';
import { isSentTwice } from './sent-twice.ts';

/**
 * Dependencies of the request handlers. Log messages name the endpoint, submission and fault, never a URL or a value.
 */
export interface Edge {
  intake: Intake;
  log: { error(message: string): void };
}

/** Handles one request to a dialect's route, from raw bytes to response. */
export async function handle(
  route: MountedRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  edge: Edge,
): Promise<FastifyReply> {
  const { cors } = route.dialect;
  if (cors && request.method === 'OPTIONS')
    return sendReply(reply, { status: 204, headers: {}, text: '' }, headersOf(cors, true));
  if (isIdle(request)) return sendReply(reply, refuseIdle(route, request), headersOf(cors));
  const bytes = hasUnreadBody(request) ? await readBody(request.raw) : bytesOf(request.body);
  const incoming = Buffer.isBuffer(bytes) ? incomingOf(request, bytes, route.dialect) : unreadIncoming(request, bytes);
  const whole = incoming instanceof Promise ? await incoming : incoming;
  return sendReply(reply, await takeRequest(route, whole, edge), headersOf(cors));
}

/** Refuses a request before its body is read if its address has sent too many. */
export function admitAddress(
  route: MountedRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  { intake }: Edge,
  done: () => void,
): void {
  const { exceeded, resetSeconds } = intake.fromAddress(request.ip);
  if (!exceeded) {
    done();
    return;
  }
  const refusal = refuseSafely(route, { kind: 'rate_limited', retryAfterSeconds: resetSeconds });
  sendReply(reply, refusal, headersOf(route.dialect.cors));
}

/** Handles a request that Fastify rejected before its body was read. */
export async function handleUnread(
  route: MountedRoute,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  edge: Edge,
): Promise<FastifyReply> {
  const problem = problemOfFramework(error);
  const sent =
    problem.kind === 'internal'
      ? refuseSafely(route, problem)
      : await takeRequest(route, unreadIncoming(request, problem), edge);
  return sendReply(reply, sent, headersOf(route.dialect.cors));
}

/** True for requests that must have no effect: browser prefetches, HEAD and OPTIONS. */
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
 * Passes one request through its dialect and intake. Never rejects: every failure becomes a response of the dialect.
 */
async function takeRequest(route: MountedRoute, incoming: Incoming, edge: Edge): Promise<SentReply> {
  const onFault = (error: unknown) =>
    edge.log.error(`${route.dialect.name} ${route.name}, submission ${incoming.id}: ${describeFault(error)}`);
  try {
    return route.endpoint?.open
      ? await takeSignIn(route, incoming, edge, onFault)
      : await takeKnown(route, incoming, edge, onFault);
  } catch (error) {
    onFault(error);
    return refuseSafely(route, problemOfFault(error));
  }
}

/** Refuses a request without involving intake. If even that fails, the client gets a bare 500. */
export function refuseSafely(route: Pick<MountedRoute, 'refuse'>, problem: Problem): SentReply {
  try {
    return serialiseReply(route.refuse(problem));
  } catch {
    return { status: 500, headers: {}, text: '{}' };
  }
}

type OnFault = (error: unknown) => void;

/** Requests from unknown callers are not stored; those from known callers are, even when refused. */
async function takeKnown(
  route: MountedRoute,
  incoming: Incoming,
  { intake }: Edge,
  onFault: OnFault,
): Promise<SentReply> {
  const [secret, ...others] = route.dialect.credentials(incoming.wire);
  if (!secret) return serialiseReply(route.refuse(route.problem ?? incoming.problem ?? missing));
  const isUnclear =
    incoming.problem?.kind === 'unauthenticated' ||
    others.some((other) => other !== secret) ||
    isSentTwice(incoming.wire, route.secretNames);
  if (isUnclear) return serialiseReply(route.refuse(ambiguous));
  const { caller, refused } = await intake.identify(secret, route.dialect.name, incoming.address);
  if (!caller) return serialiseReply(route.refuse(route.problem ?? refused));
  const referenceData = await intake.referenceData(caller.workspace_id);
  return intake.perform(receive(route, incoming, { caller, referenceData, secret, refused }, onFault));
}

const ambiguous: Problem = { kind: 'unauthenticated', reason: 'ambiguous' };
const missing: Problem = { kind: 'unauthenticated', reason: 'missing' };

const noReferenceData = makeReferenceData({ id: '', name: '', region: 'GB', time_zone: 'UTC' }, {});
const noBytes = Buffer.alloc(0);

/** Password sign-in: the caller is known only from the request itself, whose body is never stored. */
async function takeSignIn(
  route: MountedRoute,
  incoming: Incoming,
  { intake }: Edge,
  onFault: OnFault,
): Promise<SentReply> {
  const { wire } = incoming;
  const { region } = noReferenceData.workspace;
  const context = { referenceData: noReferenceData, region, now: incoming.received_at };
  const request = route.problem ?? incoming.problem ?? readRequest(route.endpoint, wire, context, onFault);
  return intake.signIn({
    envelope: { ...sealEnvelope({ ...incoming, bytes: noBytes }, [], route.secretNames), body: null },
    dialect: route.dialect.name,
    request,
    words: wordsFor(route, wire, request, context),
  });
}

const DAY = '86400';

/** Lead data must not be cached, leaked in a referrer or sniffed as another content type. */
const guards = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Headers for every response of a dialect; `preflight` adds those that answer a CORS preflight. */
export function headersOf(cors: Dialect['cors'], preflight = false): Record<string, string> {
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

function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : noBytes;
}

/** Fastify leaves the body of a GET unread, but some clients send one. */
function hasUnreadBody({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && (Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined);
}

/** Reads a body that Fastify left unread; resolves to a problem if that fails. Node discards what exceeds the limit. */
function readBody(raw: IncomingMessage): Promise<Buffer | Problem> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    raw.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= LARGEST_BODY) return;
      raw.removeAllListeners('data').pause();
      resolve({ kind: 'too_large', limitBytes: LARGEST_BODY });
    });
    const announced = raw.headers['content-length'];
    const isWhole = () => announced === undefined || Number(announced) === size;
    raw.on('end', () => resolve(isWhole() ? Buffer.concat(chunks) : incomplete));
    raw.on('error', () => resolve(incomplete));
    raw.on('close', () => resolve(incomplete));
  });
}

/** Converts a Fastify request into a decoded one of our own. Only multipart bodies are decoded asynchronously. */
function incomingOf(request: FastifyRequest, bytes: Buffer, { bodies }: Dialect): Incoming | Promise<Incoming> {
  const headers = sentHeaders(request);
  const decoded = decodeBody(bytes, headers, bodies);
  return decoded instanceof Promise
    ? decoded.then((late) => assemble(request, headers, bytes, late))
    : assemble(request, headers, bytes, decoded);
}

/** A request whose body did not arrive completely, with the reason. */
function unreadIncoming(request: FastifyRequest, problem: Problem): Incoming {
  return { ...assemble(request, sentHeaders(request), noBytes, unreadable(problem)), problem };
}

/** Maps a Fastify error to a problem: the client's fault for 4xx, otherwise ours. */
function problemOfFramework(error: unknown): Problem {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { kind: 'too_large', limitBytes: LARGEST_BODY };
  const ofClient = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  return ofClient ? incomplete : { kind: 'internal' };
}

const incomplete: Problem = {
  kind: 'malformed',
  detail: 'The body is incomplete, or its length is not the one stated.',
};

type Headers = Record<string, string>;

function assemble(request: FastifyRequest, headers: Headers, bytes: Buffer, { body, text }: Decoded): Incoming {
  const { url = '', method = '' } = request.raw;
  const [path, query] = splitUrl(url);
  const pairs = parseQuery(query);
  const problem = headerProblem(request.raw) ?? (pairs ? undefined : tooManyPairs);
  return {
    id: uuidv7(),
    wire: { method, path, params: request.params as Record<string, string>, query: pairs ?? [], headers, body, text },
    query,
    bytes,
    received_at: new Date(),
    address: request.ip,
    ...(problem && { problem }),
  };
}

/** Node joins repeated headers; the only one it leaves as an array, Set-Cookie, never occurs in a request. */
function sentHeaders({ raw, sentContentType }: FastifyRequest): Headers {
  if (sentContentType !== undefined) raw.headers['content-type'] = sentContentType;
  return raw.headers as Headers;
}
