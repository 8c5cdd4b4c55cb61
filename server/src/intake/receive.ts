import { isProblem, type Problem } from '../platform/problem.ts';
import { redact } from '../platform/redact/redact.ts';
import { redactNamed, redactValue } from '../platform/redact/redact-value.ts';
import type { Wire, WireReply } from '../platform/wire.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import { limits } from '../workspaces/limits/catalogue.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Arrival, Envelope, Words } from './arrival.ts';
import type { Command } from './command.ts';
import type { CallContext, Endpoint, IntakeApi, ReadContext } from './endpoint.ts';
import { readByRules } from './read-by-rules.ts';
import { isTurnedAway } from './turn-away.ts';

/** Largest body of a request that goes through intake, in bytes. */
export const LARGEST_BODY = limits.body_through_intake.figure;

/** One request as received, decoded and independent of Fastify. */
export interface Incoming {
  /** Id of the submission. */
  id: string;
  wire: Wire;
  /** As sent, without the question mark. */
  query: string;
  bytes: Buffer;
  received_at: Date;
  address: string;
  /** Reason to refuse it unread: the body was incomplete, or there are too many query parameters. */
  problem?: Problem;
}

/** The route that received a request. */
export interface Route<Context extends ReadContext> {
  /** Undefined if the path or method is unknown. */
  endpoint?: Endpoint<Context> | undefined;
  /** Problem with which every request to this route is refused. */
  problem?: Problem | undefined;
  /** Formats a refusal, including the headers that HTTP requires. */
  refuse(problem: Problem): WireReply;
}

/** The caller of a request, with the workspace's data. */
export interface Sender {
  caller: Caller;
  referenceData: ReferenceData;
  /** The credential as presented; replaced wherever it occurs. */
  secret: string;
  /** Why the caller's request is refused. */
  refused?: Problem | undefined;
}

/** Prepares a known caller's request for intake: read by its endpoint, with secrets replaced. */
export function receive(
  route: Route<CallContext> & Pick<IntakeApi, 'secretNames'>,
  incoming: Incoming,
  { caller, referenceData, secret, refused }: Sender,
  onFault: (error: unknown) => void,
): Arrival {
  const context = { caller, referenceData, region: caller.region, now: incoming.received_at };
  const hasRules = referenceData.readingRules.has(caller.dialect);
  const { wire, readings } = hasRules
    ? readByRules(incoming.wire, referenceData, caller)
    : { wire: incoming.wire, readings: [] };
  const request =
    route.problem ??
    refused ??
    redactValue(redactNamed(incoming.problem ?? readRequest(route.endpoint, wire, context, onFault)), secret);
  return {
    envelope: sealEnvelope(incoming, [secret], route.secretNames),
    caller,
    referenceData,
    request,
    words: wordsFor(route, wire, request, context),
    ...(refused && isTurnedAway(refused) && { turned_away: refused }),
    ...(readings.length > 0 && { readings: redactValue(redactNamed(readings), secret) }),
  };
}

/**
 * Reads the command from a request, or the reason to refuse it. The endpoint decides whether an unreadable body
 * matters, since everything may be in the query; if it refuses, the body's problem is reported. Errors thrown by the
 * endpoint are our own faults and go to `onFault`.
 */
export function readRequest<Context extends ReadContext>(
  endpoint: Endpoint<Context> | undefined,
  wire: Wire,
  context: Context,
  onFault: (error: unknown) => void,
): Command | Problem {
  if (!endpoint) return { kind: 'not_found', what: 'path' };
  try {
    const request = endpoint.read(wire, context);
    return wire.body.kind === 'unreadable' && isProblem(request) ? wire.body.problem : request;
  } catch (error) {
    onFault(error);
    return { kind: 'internal' };
  }
}

/**
 * Formats the responses to a request. Errors thrown by the endpoint are deliberately not caught here: intake then rolls
 * back, so that no client is told of a failure although the request succeeded.
 */
export function wordsFor<Context extends ReadContext>(
  { endpoint, refuse }: Route<Context>,
  wire: Wire,
  request: Command | Problem,
  context: Context,
): Words {
  return {
    refuse,
    answer(result, referenceData) {
      if (!endpoint || isProblem(request)) throw new Error('A refused request has a result.');
      return endpoint.answer(result, { ...context, referenceData, wire, command: request });
    },
  };
}

/** The request as it is stored: secrets replaced, all other bytes unchanged. */
export function sealEnvelope(
  { id, wire, query, bytes, received_at, address }: Incoming,
  secrets: readonly string[],
  names: IntakeApi['secretNames'],
): Envelope {
  const sent = { path: wire.path, query, headers: wire.headers, body: bytes };
  return { id, method: wire.method, received_at, address, ...redact(sent, { secrets, names }) };
}

/** Splits a URL into path and query, both still encoded; the query has no question mark. */
export function splitUrl(url: string): [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}
