import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { contextOf } from '../http/request-context.ts';
import { sendReply } from '../http/send-reply.ts';
import type { Arrival, Intake } from '../intake/arrival.ts';
import { type Incoming, LARGEST_BODY, receive, splitUrl } from '../intake/receive.ts';
import { describeFault } from '../platform/fault.ts';
import { uuidv7 } from '../platform/ids.ts';
import type { Problem } from '../platform/problem.ts';
import { nativeApi } from './native-api.ts';
import type { Operation } from './operation.ts';

/** What routes need whose requests go through intake and are stored in the journal. */
export interface NativeContext extends ApiContext {
  intake: Pick<Intake, 'perform'>;
}

/** Adds the route of an operation: read, performed by intake, stored in the journal. */
export function addOperation(scope: ApiScope, api: NativeContext, operation: Operation, schema: FastifySchema): void {
  const { methods, path, body, policy = 'work leads' } = operation;
  scope.route({
    method: [...methods],
    url: path.replace(/^\/v1/, ''),
    bodyLimit: LARGEST_BODY,
    config: { policy, journal: true },
    schema: body ? { ...schema, body: body.ref } : schema,
    handler: async (request, reply) => {
      const arrival = arrivalOf(request, api, { endpoint: operation });
      const key = request.headers['idempotency-key'];
      if (request.method === 'POST' && typeof key === 'string')
        arrival.idempotency = { key, fingerprint: fingerprintOf(request, arrival.envelope.path) };
      return sendReply(reply, await api.intake.perform(arrival));
    },
  });
}

/** Stores a request that was refused before it could be read, and tells its sender why. */
export async function refuseAndStore(
  api: NativeContext,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
): Promise<FastifyReply> {
  return sendReply(reply, await api.intake.perform(arrivalOf(request, api, { problem })));
}

function arrivalOf(
  request: FastifyRequest,
  { log }: NativeContext,
  what: { endpoint?: Operation; problem?: Problem },
): Arrival {
  const { visibility, at, ...sender } = contextOf(request);
  const incoming = incomingOf(request, at);
  const refuse = (problem: Problem) => nativeApi.refuse(problem, incoming.id);
  const arrival = receive({ ...what, refuse, secretNames: nativeApi.secretNames }, incoming, sender, (error) =>
    log.error(`${request.method} ${request.routeOptions.url}, submission ${incoming.id}: ${describeFault(error)}`),
  );
  return { ...arrival, visibility };
}

const noBytes = Buffer.alloc(0);

/** Frees a request of the framework. Its body was parsed and held against the schema of the route before. */
function incomingOf(request: FastifyRequest, at: Date): Incoming {
  const { raw, method, params, body, rawBody, ip } = request;
  const [path, query] = splitUrl(raw.url ?? '');
  return {
    id: uuidv7(at.getTime()),
    wire: {
      method,
      path,
      params: params as Record<string, string>,
      query: [],
      headers: raw.headers as Record<string, string>,
      body: body === undefined ? { kind: 'empty' } : { kind: 'json', value: body },
      text: '',
    },
    query,
    bytes: rawBody ?? noBytes,
    received_at: at,
    address: ip,
  };
}

function fingerprintOf(request: FastifyRequest, path: string): Buffer {
  return createHash('sha256')
    .update(`${request.method} ${path}\n`)
    .update(request.rawBody ?? noBytes)
    .digest();
}
