import type { Arrival, Envelope, Intake, SentReply } from '../intake/arrival.ts';
import type { Command } from '../intake/command.ts';
import { readByRules } from '../intake/read-by-rules.ts';
import { sendable } from '../intake/sendable.ts';
import { describeFault, problemOfFault } from '../platform/fault.ts';
import type { Problem } from '../platform/problem.ts';
import { redact } from '../platform/redact.ts';
import { scrub } from '../platform/scrub.ts';
import type { Wire } from '../platform/wire.ts';
import { makeBook } from '../workspaces/book.ts';
import type { ReadContext } from './dialect.ts';
import { readRequest, wordsFor } from './read-request.ts';
import type { Way } from './way.ts';

/** One request as it came, decoded. */
export interface Incoming {
  /** The submission's id. */
  id: string;
  wire: Wire;
  /** As sent, without its question mark. */
  query: string;
  bytes: Buffer;
  received_at: Date;
  address: string;
  /** It did not arrive whole, or holds more than anyone sends: nothing is done with it. */
  problem?: Problem;
}

/** What the edge works with. Messages name endpoint, submission and fault; never a URL or a value. */
export interface Edge {
  intake: Intake;
  log: { error(message: string): void };
}

/** Takes one request through its dialect and intake. Never rejects: whatever goes wrong is told in the dialect's words. */
export async function takeRequest(way: Way, incoming: Incoming, edge: Edge): Promise<SentReply> {
  try {
    return way.endpoint?.open ? await takeOpen(way, incoming, edge) : await takeKnown(way, incoming, edge);
  } catch (error) {
    logFault(way, incoming, error, edge);
    return refuseSafely(way, problemOfFault(error));
  }
}

/** Refuses without intake. Should even that fail, the client gets a bare 500. */
export function refuseSafely(way: Pick<Way, 'refuse'>, problem: Problem): SentReply {
  try {
    return sendable(way.refuse(problem));
  } catch {
    return { status: 500, headers: {}, text: '{}' };
  }
}

/** A stranger's request leaves no trace; a known caller's is kept, refused or not. */
async function takeKnown(way: Way, incoming: Incoming, edge: Edge): Promise<SentReply> {
  const { received_at } = incoming;
  const secret = way.dialect.credential(incoming.wire);
  if (!secret) return sendable(way.refuse(way.problem ?? incoming.problem ?? missing));
  const who = await edge.intake.identify(secret, way.dialect.name, incoming.address);
  if (!who.caller) return sendable(way.refuse(way.problem ?? who.refused));
  const { caller } = who;
  const book = await edge.intake.book(caller.workspace_id);
  const context = { book, region: caller.region, now: received_at };
  const { wire, readings } = readByRules(incoming.wire, book, caller);
  const request = way.problem ?? who.refused ?? scrub(read(way, { ...incoming, wire }, context, edge), secret);
  const envelope = seal(way, incoming, [secret]);
  // Names made on the way are in a newer book than the one read with, and the answer speaks of them.
  const words = wordsFor(way, wire, request, () => ({ book: arrival.book, region: caller.region, now: received_at }));
  const arrival: Arrival = { envelope, caller, book, request, words, ...(readings.length > 0 && { readings }) };
  return edge.intake.perform(arrival);
}

const missing: Problem = { kind: 'unauthenticated', reason: 'missing' };

const noBook = makeBook({ id: '', name: '', region: 'GB', time_zone: 'UTC' }, {});

/** Sign-in by password: whose request it is turns out on the way, and its body is never kept. */
async function takeOpen(way: Way, incoming: Incoming, edge: Edge): Promise<SentReply> {
  const { wire } = incoming;
  const context = { book: noBook, region: noBook.workspace.region, now: incoming.received_at };
  const request = read(way, incoming, context, edge);
  return edge.intake.performOpen({
    envelope: { ...seal(way, { ...incoming, bytes: noBytes }, []), body: null },
    dialect: way.dialect.name,
    request,
    words: wordsFor(way, wire, request, () => context),
  });
}

const noBytes = Buffer.alloc(0);

function read(way: Way, incoming: Incoming, context: ReadContext, edge: Edge): Command | Problem {
  const onFault = (error: unknown) => logFault(way, incoming, error, edge);
  return incoming.problem ?? readRequest(way, incoming.wire, context, onFault);
}

function seal(way: Way, incoming: Incoming, secrets: readonly string[]): Envelope {
  const { id, wire, query, bytes, received_at, address } = incoming;
  const request = { path: wire.path, query, headers: wire.headers, body: bytes };
  const kept = redact(request, { secrets, names: way.dialect.secretNames });
  return { id, method: wire.method, received_at, address, ...kept };
}

function logFault(way: Way, incoming: Incoming, error: unknown, { log }: Edge): void {
  log.error(`${way.dialect.name} ${way.name}, submission ${incoming.id}: ${describeFault(error)}`);
}
