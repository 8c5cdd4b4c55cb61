import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import type { ApiScope } from '../http/api-context.ts';
import { wordProblem } from '../http/problem-words.ts';
import { contextOf, inWorkspace, type RequestContext } from '../http/request-context.ts';
import type { Arrival, Envelope, SentReply } from '../intake/arrival.ts';
import type { Command } from '../intake/command.ts';
import type { Result } from '../intake/result.ts';
import { getLead } from '../leads/lead-store.ts';
import { uuidv7 } from '../platform/ids.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { redact } from '../platform/redact/redact.ts';
import { redactValue } from '../platform/redact/redact-value.ts';
import type { WireReply } from '../platform/wire.ts';
import { actorOf } from '../workspaces/access/caller.ts';
import type { NativeContext } from './native-context.ts';
import type { Asked, Operation } from './operation.ts';

const LARGEST_BODY = 262_144;

/** Adds the route of an operation: read, performed by intake, kept in the journal. */
export function addOperation<Body>(
  scope: ApiScope,
  api: NativeContext,
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
    handler: (request, reply) => take(operation, request, reply, api),
  });
}

async function take<Body>(
  operation: Operation<Body>,
  request: FastifyRequest,
  reply: FastifyReply,
  api: NativeContext,
): Promise<FastifyReply> {
  const requestContext = contextOf(request);
  const { id = '' } = request.params as { id?: string };
  const asked: Asked<Body> = { id, body: request.body as Body, headers: request.headers };
  const read = operation.read(asked, requestContext);
  const refused = await unseen(read, request, api);
  const command = redactValue(refused ?? read, requestContext.secret);
  const arrival = arrive(request, requestContext, command, (result) =>
    operation.answer(result, {
      command,
      referenceData: arrival.referenceData,
      actor: actorOf(arrival),
      at: requestContext.at,
    }),
  );
  const key = request.headers['idempotency-key'];
  if (operation.method === 'POST' && typeof key === 'string')
    arrival.idempotency = { key, fingerprint: fingerprintOf(request, arrival.envelope.path) };
  return send(reply, await api.intake.perform(arrival));
}

/** Intake sees everything, so a member who does not is asked here: a lead out of sight is as unknown as none. */
async function unseen(
  read: Command | Problem,
  request: FastifyRequest,
  api: NativeContext,
): Promise<Problem | undefined> {
  if (!contextOf(request).visibility || isProblem(read) || !('lead' in read) || !read.lead) return undefined;
  const ref = read.lead;
  const id = ref.by === 'id' ? ref.id : '';
  const lead = await inWorkspace(api, request, (tx) => getLead(tx, id));
  return lead ? undefined : { kind: 'not_found', what: 'lead' };
}

/** Keeps a request that was refused before it could be read, and tells its sender why. */
export async function refuseAndKeep(
  api: Pick<NativeContext, 'intake'>,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
): Promise<FastifyReply> {
  const arrival = arrive(request, contextOf(request), problem, (result) => {
    throw new Error(`A refusal was due, not ${result.kind}.`);
  });
  return send(reply, await api.intake.perform(arrival));
}

function arrive(
  request: FastifyRequest,
  requestContext: RequestContext,
  asked: Arrival['request'],
  answer: (result: Result) => WireReply,
): Arrival {
  const envelope = seal(request, requestContext);
  const instance = `/v1/submissions/${envelope.id}`;
  return {
    envelope,
    caller: requestContext.caller,
    referenceData: requestContext.referenceData,
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

function seal(request: FastifyRequest, { secret, at }: RequestContext): Envelope {
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
