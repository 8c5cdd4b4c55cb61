import type { Arrival, Envelope, Intake, SentReply } from '../../intake/arrival.ts';
import type { Command } from '../../intake/command.ts';
import { serialiseReply } from '../../intake/serialise-reply.ts';
import { readByRules } from '../../journal/read-by-rules.ts';
import { describeFault, problemOfFault } from '../../platform/fault.ts';
import type { Problem } from '../../platform/problem.ts';
import { redact } from '../../platform/redact/redact.ts';
import { redactValue } from '../../platform/redact/redact-value.ts';
import type { Wire } from '../../platform/wire.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import type { ReadContext } from '../dialect.ts';
import type { MountedRoute } from './mounted-route.ts';
import { readRequest, wordsFor } from './read-request.ts';

/** A received, decoded request. */
export interface Incoming {
  /** The submission's id. */
  id: string;
  wire: Wire;
  /** As sent, without the question mark. */
  query: string;
  bytes: Buffer;
  received_at: Date;
  address: string;
  /** Set when the request is incomplete or too large, so that it is not processed. */
  problem?: Problem;
}

/** Services of the HTTP edge. Messages name endpoint, submission and error, and never contain a URL or a value. */
export interface Edge {
  intake: Intake;
  log: { error(message: string): void };
}

/** Handles one request through its dialect and intake. Never rejects: any failure is worded in the dialect's format. */
export async function takeRequest(route: MountedRoute, incoming: Incoming, edge: Edge): Promise<SentReply> {
  try {
    return route.endpoint?.open ? await takeOpen(route, incoming, edge) : await takeKnown(route, incoming, edge);
  } catch (error) {
    logFault(route, incoming, error, edge);
    return refuseSafely(route, problemOfFault(error));
  }
}

/** Refuses a request without intake. If even that fails, the client gets a bare 500. */
export function refuseSafely(route: Pick<MountedRoute, 'refuse'>, problem: Problem): SentReply {
  try {
    return serialiseReply(route.refuse(problem));
  } catch {
    return { status: 500, headers: {}, text: '{}' };
  }
}

/** A request with an unknown credential leaves no trace; otherwise it is stored, whether refused or not. */
async function takeKnown(route: MountedRoute, incoming: Incoming, edge: Edge): Promise<SentReply> {
  const { received_at } = incoming;
  const secret = route.dialect.credential(incoming.wire);
  if (!secret) return serialiseReply(route.refuse(route.problem ?? incoming.problem ?? missing));
  const who = await edge.intake.identify(secret, route.dialect.name, incoming.address);
  if (!who.caller) return serialiseReply(route.refuse(route.problem ?? who.refused));
  const { caller } = who;
  const referenceData = await edge.intake.referenceData(caller.workspace_id);
  const context = { referenceData, region: caller.region, now: received_at };
  const { wire, readings } = readByRules(incoming.wire, referenceData, caller);
  const request =
    route.problem ?? who.refused ?? redactValue(read(route, { ...incoming, wire }, context, edge), secret);
  const envelope = seal(route, incoming, [secret]);
  // Names created meanwhile are only in newer reference data than the request was read with, and the reply mentions
  // them.
  const words = wordsFor(route, wire, request, () => ({
    referenceData: arrival.referenceData,
    region: caller.region,
    now: received_at,
  }));
  const arrival: Arrival = {
    envelope,
    caller,
    referenceData,
    request,
    words,
    ...(readings.length > 0 && { readings }),
  };
  return edge.intake.perform(arrival);
}

const missing: Problem = { kind: 'unauthenticated', reason: 'missing' };

const noReferenceData = makeReferenceData({ id: '', name: '', region: 'GB', time_zone: 'UTC' }, {});

/** Sign-in by password: the workspace is only known afterwards, and the body is never stored. */
async function takeOpen(route: MountedRoute, incoming: Incoming, edge: Edge): Promise<SentReply> {
  const { wire } = incoming;
  const context = {
    referenceData: noReferenceData,
    region: noReferenceData.workspace.region,
    now: incoming.received_at,
  };
  const request = read(route, incoming, context, edge);
  return edge.intake.performOpen({
    envelope: { ...seal(route, { ...incoming, bytes: noBytes }, []), body: null },
    dialect: route.dialect.name,
    request,
    words: wordsFor(route, wire, request, () => context),
  });
}

const noBytes = Buffer.alloc(0);

function read(route: MountedRoute, incoming: Incoming, context: ReadContext, edge: Edge): Command | Problem {
  const onFault = (error: unknown) => logFault(route, incoming, error, edge);
  return incoming.problem ?? readRequest(route, incoming.wire, context, onFault);
}

function seal(route: MountedRoute, incoming: Incoming, secrets: readonly string[]): Envelope {
  const { id, wire, query, bytes, received_at, address } = incoming;
  const request = { path: wire.path, query, headers: wire.headers, body: bytes };
  const kept = redact(request, { secrets, names: route.dialect.secretNames });
  return { id, method: wire.method, received_at, address, ...kept };
}

function logFault(route: MountedRoute, incoming: Incoming, error: unknown, { log }: Edge): void {
  log.error(`${route.dialect.name} ${route.name}, submission ${incoming.id}: ${describeFault(error)}`);
}
