import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import type { Arrival, Envelope, SentReply } from '../intake/arrival.ts';
import type { Command } from '../intake/command.ts';
import type { Result } from '../intake/result.ts';
import { actorOf } from '../intake/write-up.ts';
import { getLead } from '../leads/lead-store.ts';
import { wordProblem } from '../platform/http/problem-words.ts';
import { uuidv7 } from '../platform/ids.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { redact } from '../platform/redact.ts';
import { scrub } from '../platform/scrub.ts';
import type { WireReply } from '../platform/wire.ts';
import type { Asked, Operation } from './operation.ts';
import type { ApiParts, ApiScope } from './parts.ts';
import { inWorkspace, type Visitor, visitorOf } from './visitor.ts';

const LARGEST_BODY = 262_144;

/** Adds the route of an operation: read, performed by intake, kept in the journal. */
export function addOperation<Body>(
  scope: ApiScope,
  parts: ApiParts,
  operation: Operation<Body>,
  schema: FastifySchema,
): void {
  const { method, path: url, body } = operation;
  scope.route({
    method,
    url,
    bodyLimit: LARGEST_BODY,
    config: { policy: operation.policy ?? 'work leads', journal: true },
    schema: body ? { ...schema, body: body.ref } : schema,
    handler: (request, reply) => take(operation, request, reply, parts),
  });
}

async function take<Body>(
  operation: Operation<Body>,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ApiParts,
): Promise<FastifyReply> {
  const visitor = visitorOf(request);
  const { id = '' } = request.params as { id?: string };
  const asked: Asked<Body> = { id, body: request.body as Body, headers: request.headers };
  const read = operation.read(asked, visitor);
  const refused = await unseen(read, request, parts);
  const command = scrub(refused ?? read, visitor.secret);
  const arrival = arrive(request, visitor, command, (result) =>
    operation.answer(result, { command, book: arrival.book, actor: actorOf(arrival), at: visitor.at }),
  );
  const key = request.headers['idempotency-key'];
  if (operation.method === 'POST' && typeof key === 'string')
    arrival.idempotency = { key, fingerprint: fingerprintOf(request, arrival.envelope.path) };
  return send(reply, await parts.intake.perform(arrival));
}

/** Intake sees everything, so a member who does not is asked here: a lead out of sight is as unknown as none. */
async function unseen(read: Command | Problem, request: FastifyRequest, parts: ApiParts): Promise<Problem | undefined> {
  if (!visitorOf(request).sight || isProblem(read) || !('lead' in read) || !read.lead) return undefined;
  const ref = read.lead;
  const id = ref.by === 'id' ? ref.id : '';
  const lead = await inWorkspace(parts, request, (tx) => getLead(tx, id));
  return lead ? undefined : { kind: 'not_found', what: 'lead' };
}

/** Keeps a request that was refused before it could be read, and tells its sender why. */
export async function refuseAndKeep(
  parts: Pick<ApiParts, 'intake'>,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
): Promise<FastifyReply> {
  const arrival = arrive(request, visitorOf(request), problem, (result) => {
    throw new Error(`A refusal was due, not ${result.kind}.`);
  });
  return send(reply, await parts.intake.perform(arrival));
}

function arrive(
  request: FastifyRequest,
  visitor: Visitor,
  asked: Arrival['request'],
  answer: (result: Result) => WireReply,
): Arrival {
  const envelope = seal(request, visitor);
  const instance = `/v1/submissions/${envelope.id}`;
  return {
    envelope,
    caller: visitor.caller,
    book: visitor.book,
    request: asked,
    words: { answer, refuse: (problem) => wordProblem(problem, instance) },
  };
}

const jsonType = 'application/json; charset=utf-8';

/** Sends what intake worded, byte for byte as it was kept. */
function send(reply: FastifyReply, sent: SentReply): FastifyReply {
  reply.code(sent.status).headers(sent.headers);
  if (sent.text === '') return reply.send();
  return (sent.headers['content-type'] ? reply : reply.type(jsonType)).send(sent.text);
}

const noBytes = Buffer.alloc(0);
const noNames = { query: [], body: [] };

function seal(request: FastifyRequest, { secret, at }: Visitor): Envelope {
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  const [path, query] = mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
  const sent = { path, query, headers: request.headers, body: request.rawBody ?? noBytes };
  return {
    id: uuidv7(at.getTime()),
    method: request.method,
    ...redact(sent, { secrets: [secret], names: noNames }),
    received_at: at,
    address: request.ip,
  };
}

function fingerprintOf(request: FastifyRequest, path: string): Buffer {
  return createHash('sha256')
    .update(`${request.method} ${path}\n`)
    .update(request.rawBody ?? noBytes)
    .digest();
}
