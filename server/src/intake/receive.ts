import { isProblem, type Problem } from '../platform/problem.ts';
import { redact } from '../platform/redact/redact.ts';
import { redactValue } from '../platform/redact/redact-value.ts';
import type { Wire, WireReply } from '../platform/wire.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Arrival, Envelope, Words } from './arrival.ts';
import type { Command } from './command.ts';
import type { CallContext, Endpoint, IntakeApi, ReadContext } from './endpoint.ts';
import { readByRules } from './read-by-rules.ts';

/** Largest body of a request that ends in intake, in bytes. */
export const LARGEST_BODY = 262_144;

/** One request as it came in, decoded and freed of the framework. */
export interface Incoming {
  /** The submission's id. */
  id: string;
  wire: Wire;
  /** As sent, without its question mark. */
  query: string;
  bytes: Buffer;
  received_at: Date;
  address: string;
  /** Why it is refused unread: it did not arrive whole, or holds more than anyone sends. */
  problem?: Problem;
}

/** Where a request came in. */
export interface Route<Context extends ReadContext> {
  /** Undefined where a path or method is unknown. */
  endpoint?: Endpoint<Context> | undefined;
  /** What every request to this route is refused with. */
  problem?: Problem | undefined;
  /** Words a refusal, with the headers that HTTP itself wants. */
  refuse(problem: Problem): WireReply;
}

/** Whose request it is, and what holds for them. */
export interface Sender {
  caller: Caller;
  referenceData: ReferenceData;
  /** The credential as it was presented: replaced wherever it occurs. */
  secret: string;
  /** Why the caller may not do this. */
  refused?: Problem | undefined;
}

/** Makes a known caller's request ready for intake: read by its endpoint, its secrets replaced. */
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
    redactValue(incoming.problem ?? readRequest(route.endpoint, wire, context, onFault), secret);
  return {
    envelope: sealEnvelope(incoming, [secret], route.secretNames),
    caller,
    referenceData,
    request,
    words: wordsFor(route, wire, request, context),
    ...(readings.length > 0 && { readings }),
  };
}

/**
 * What a request asks for, or why it is refused. Whether an unreadable body matters is for the endpoint to judge, since
 * everything may be in the query; if the endpoint refuses, the body is the reason that helps. A fault of the endpoint is
 * ours: `onFault` logs it.
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
 * How the reply to a request is worded. A fault of the endpoint while wording is not caught here: intake then rolls back
 * what it did, so that no client is told of a failure that did not happen.
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

/** A request as it is stored: secrets replaced, all other bytes as they came. */
export function sealEnvelope(
  { id, wire, query, bytes, received_at, address }: Incoming,
  secrets: readonly string[],
  names: IntakeApi['secretNames'],
): Envelope {
  const sent = { path: wire.path, query, headers: wire.headers, body: bytes };
  return { id, method: wire.method, received_at, address, ...redact(sent, { secrets, names }) };
}

/** Path and query of a URL as it came, still encoded; the query without its question mark. */
export function splitUrl(url: string): [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}
