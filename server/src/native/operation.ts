import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { jsonValue } from '../http/json-body.ts';
import { idOf } from '../http/path-ids.ts';
import { wordProblem } from '../http/problem-words.ts';
import { contextOf } from '../http/request-context.ts';
import { sendReply, withRequestId } from '../http/send-reply.ts';
import { toIssues } from '../http/validate.ts';
import { commandPolicies } from '../intake/allow.ts';
import type { Arrival, Intake } from '../intake/arrival.ts';
import type { Command, CommandKind } from '../intake/command.ts';
import type { CallContext, Endpoint, IntakeApi } from '../intake/endpoint.ts';
import { type Incoming, LARGEST_BODY, receive, splitUrl } from '../intake/receive.ts';
import { describeFault } from '../platform/fault.ts';
import { uuidv7 } from '../platform/ids.ts';
import { invalid, type Problem } from '../platform/problem.ts';
import type { Wire } from '../platform/wire.ts';

/** No field of our own API is secret. */
const secretNames: IntakeApi['secretNames'] = { query: [], body: [] };

const refuse: IntakeApi['refuse'] = (problem, submissionId) => wordProblem(problem, `/v1/submissions/${submissionId}`);

/** Wraps these operations as an API that intake can use. */
export function apiOf(endpoints: readonly Operation[]): IntakeApi<CallContext> {
  return { name: 'native', bodies: 'json', endpoints, secretNames, refuse };
}

/** A write of `/v1` that goes through intake, with the same contract as a dialect's endpoint. */
export interface Operation extends Endpoint<CallContext> {
  /** The command that requests are turned into; its policy also applies to the route. */
  command: CommandKind;
  /** Schema of the body; undefined if there is none. */
  body?: { schema: TSchema; ref: TSchema };
}

/** Defines an operation. When a stored request is read again, it is validated against the same schema. */
export function operation(definition: Operation): Operation {
  const { body } = definition;
  return body ? { ...definition, validate: (wire) => validate(wire, body.schema) } : definition;
}

function validate(wire: Wire, schema: TSchema): Wire | Problem {
  const { value, exact, problem } = jsonValue(wire);
  if (problem) return problem;
  const validator = Compile(schema);
  if (!validator.Check(value)) return invalid(...toIssues(validator.Errors(value)));
  return { ...wire, body: { kind: 'json', value, exact } };
}

/** The body of a request that has passed the operation's schema. */
export function bodyOf<Body>({ body }: Wire): Body {
  if (body.kind !== 'json') throw new Error('An operation was read without its body.');
  return body.value as Body;
}

/** The same body, with numbers that JavaScript would write differently kept as text, digit for digit. */
export function exactBodyOf<Body>(wire: Wire): Body {
  return ((wire.body.kind === 'json' && wire.body.exact) || bodyOf(wire)) as Body;
}

/** Reads a request about the lead in its path. Text that cannot be an id results in a 404. */
export function onLead(wire: Wire, read: (lead: { by: 'id'; id: string }) => Command | Problem): Command | Problem {
  const id = idOf('lead', wire.params['id'] ?? '');
  return id === undefined ? { kind: 'not_found', what: 'lead' } : read({ by: 'id', id });
}

/** Services of routes whose requests go through intake and are stored in the journal. */
export interface NativeContext extends ApiContext {
  intake: Pick<Intake, 'perform'>;
}

/** Adds the route of an operation: its requests are performed by intake and stored in the journal. */
export function addOperation(scope: ApiScope, api: NativeContext, operation: Operation, schema: FastifySchema): void {
  const { methods, path, body, command } = operation;
  scope.route({
    method: [...methods],
    url: path.replace(/^\/v1/, ''),
    bodyLimit: LARGEST_BODY,
    config: { policy: commandPolicies[command], journal: true },
    schema: body ? { ...schema, body: body.ref } : schema,
    handler: async (request, reply) => {
      const arrival = arrivalOf(request, api, { endpoint: operation });
      const key = request.headers['idempotency-key'];
      if (request.method === 'POST' && typeof key === 'string')
        arrival.idempotency = { key, fingerprint: fingerprintOf(request, arrival.envelope.path) };
      return answerTo(arrival, api, reply);
    },
  });
}

/** Stores a request that was refused before it could be read, and sends the refusal. */
export async function refuseAndStore(
  api: NativeContext,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
): Promise<FastifyReply> {
  return answerTo(arrivalOf(request, api, { problem }), api, reply);
}

async function answerTo(arrival: Arrival, { intake }: NativeContext, reply: FastifyReply): Promise<FastifyReply> {
  return sendReply(reply, withRequestId(await intake.perform(arrival), arrival.envelope.id));
}

function arrivalOf(
  request: FastifyRequest,
  { log }: NativeContext,
  what: { endpoint?: Operation; problem?: Problem },
): Arrival {
  const { at, ...sender } = contextOf(request);
  const incoming = incomingOf(request, at);
  const route = { ...what, secretNames, refuse: (problem: Problem) => refuse(problem, incoming.id) };
  return receive(route, incoming, sender, (error) =>
    log.error(`${request.method} ${request.routeOptions.url}, submission ${incoming.id}: ${describeFault(error)}`),
  );
}

const noBytes = Buffer.alloc(0);

/** Converts a Fastify request to one of our own. Its body has already been parsed and validated. */
function incomingOf(request: FastifyRequest, at: Date): Incoming {
  const { raw, method, params, body, exactBody, rawBody, ip } = request;
  const [path, query] = splitUrl(raw.url ?? '');
  return {
    id: uuidv7(at.getTime()),
    wire: {
      method,
      path,
      params: params as Record<string, string>,
      query: [],
      headers: raw.headers as Record<string, string>,
      body: body === undefined ? { kind: 'empty' } : { kind: 'json', value: body, exact: exactBody },
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
