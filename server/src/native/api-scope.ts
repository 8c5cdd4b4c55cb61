import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiScope } from '../http/api-context.ts';
import { authenticateCallers } from '../http/authenticate.ts';
import { readJsonBodies } from '../http/json-body.ts';
import { wordProblem } from '../http/problem-words.ts';
import { limitByAddress } from '../http/rate-headers.ts';
import { type ApiProblem, Refused } from '../http/refused.ts';
import { resolveShape } from '../http/shapes.ts';
import { validatorCompiler } from '../http/validate.ts';
import { hasCode } from '../platform/database/database-errors.ts';
import { describeFault, problemOfFault } from '../platform/fault.ts';
import { isProblem } from '../platform/problem.ts';
import { requirePolicies } from '../workspaces/access/policies.ts';
import { type NativeContext, refuseAndStore } from './operation.ts';

/** Sets up everything that the routes of `/v1` share: permissions, body parsing and error responses. */
export function setUpApi(scope: ApiScope, api: NativeContext): void {
  const { methodsAt } = requirePolicies(scope as never);
  readJsonBodies(scope as never);
  scope.setValidatorCompiler(validatorCompiler(resolveShape));
  // Responses are built to match their schemas, and the tests validate every response against them.
  scope.setSerializerCompiler(() => JSON.stringify);
  limitByAddress(scope, api.rates);
  authenticateCallers(scope, api);
  const missing: Missing = (request, reply) => {
    const allowed = methodsAt(request.url.replace(/[?#].*$/s, ''));
    const known = allowed.length > 0;
    return sendProblem(reply, known ? { kind: 'method_not_allowed', allowed } : { kind: 'not_found', what: 'path' });
  };
  scope.setErrorHandler((error, request, reply) =>
    request.is404 ? missing(request, reply) : answerFailure(error, request, reply, api),
  );
  scope.setNotFoundHandler(missing);
}

/** Responds 404 or 405 where there is no route, whatever else is wrong with the request. */
type Missing = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Responds to a failure. On routes that store requests, a known caller's refused request is stored too. */
async function answerFailure(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  api: NativeContext,
): Promise<FastifyReply> {
  const { bodyLimit, config } = request.routeOptions;
  const problem = request.requestContext?.refused ?? toProblem(error, bodyLimit ?? 0, request.headers['content-type']);
  if (problem.kind === 'internal')
    api.log.error(`${request.method} ${request.routeOptions.url} failed: ${describeFault(error)}`);
  if (config.journal && request.requestContext && isProblem(problem) && problem.kind !== 'unavailable')
    return refuseAndStore(api, request, reply, problem);
  return sendProblem(reply, problem);
}

function sendProblem(reply: FastifyReply, problem: ApiProblem): FastifyReply {
  const { status, headers, body } = wordProblem(problem);
  return reply
    .code(status)
    .headers(headers ?? {})
    .serializer(JSON.stringify)
    .send(body as object);
}

/** Converts an error to the problem to respond with. `internal` is our fault and must be logged. */
function toProblem(error: unknown, bodyLimit: number, mediaType: string | undefined): ApiProblem {
  if (error instanceof Refused) return error.problem;
  if (hasCode(error, 'FST_ERR_CTP_BODY_TOO_LARGE')) return { kind: 'too_large', limitBytes: bodyLimit };
  if (hasCode(error, 'FST_ERR_CTP_INVALID_MEDIA_TYPE', 'FST_ERR_CTP_INVALID_TYPE'))
    return { kind: 'unsupported_media', detail: mediaType?.slice(0, 100) ?? 'no Content-Type' };
  const fault = problemOfFault(error);
  if (fault.kind === 'unavailable') return fault;
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status === 'number' && status >= 400 && status < 500)
    return { kind: 'malformed', detail: 'The request is not well-formed HTTP.' };
  return fault;
}
