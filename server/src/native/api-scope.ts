import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiScope } from '../http/api-context.ts';
import { foreignPage, identify, policyProblem, presentedCredential } from '../http/authenticate.ts';
import { readJsonBodies } from '../http/json-body.ts';
import { wordProblem } from '../http/problem-words.ts';
import { type ApiProblem, Refused } from '../http/refused.ts';
import type { RequestContext } from '../http/request-context.ts';
import { resolveShape } from '../http/shapes.ts';
import { toProblem } from '../http/to-problem.ts';
import { validatorCompiler } from '../http/validate.ts';
import { isProblem } from '../platform/problem.ts';
import { requirePolicies } from '../workspaces/access/policies.ts';
import { visibilityOf } from '../workspaces/access/visibility.ts';
import { refuseAndKeep } from './add-operation.ts';
import type { NativeContext } from './native-context.ts';

/** Sets up what holds for every route of `/v1`: who may use it, how bodies are read, how failures are told. */
export function setUpApi(scope: ApiScope, api: NativeContext): void {
  const { methodsAt } = requirePolicies(scope as never);
  readJsonBodies(scope as never);
  scope.setValidatorCompiler(validatorCompiler(resolveShape));
  // What is sent was made for its schema, and the tests hold every answer against it.
  scope.setSerializerCompiler(() => JSON.stringify);
  scope.decorateRequest('requestContext', null);
  scope.addHook('onRequest', async (request) => admit(request, api));
  scope.addHook('preValidation', (request, _reply, done) => {
    const refused = request.requestContext?.refused;
    done(refused && new Refused(refused));
  });
  const missing: Missing = (request, reply) => {
    const allowed = methodsAt(request.url.replace(/[?#].*$/s, ''));
    const known = allowed.length > 0;
    return sendProblem(reply, known ? { kind: 'method_not_allowed', allowed } : { kind: 'not_found', what: 'path' });
  };
  scope.setErrorHandler((error, request, reply) =>
    request.is404 ? missing(request, reply) : tell(error, request, reply, api),
  );
  scope.setNotFoundHandler(missing);
}

/** Says what to do where no route is, whatever else is wrong with the request. */
type Missing = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Finds out who asks and whether they may. Nobody's request goes no further: its body is not even read. */
async function admit(request: FastifyRequest, api: NativeContext): Promise<void> {
  const { policy, journal } = request.routeOptions.config;
  if (request.is404 || !policy || policy === 'public') return;
  const who = presentedCredential(request);
  if (!who) throw new Refused({ kind: 'unauthenticated', reason: 'missing' });
  const { caller, refused } = await identify(api, who, request.ip);
  if (!caller) throw new Refused(refused);
  const referenceData =
    api.referenceCache.peek(caller.workspace_id) ?? (await api.referenceCache.get(caller.workspace_id));
  const foreign = who.by === 'session' ? foreignPage(request) : undefined;
  if (foreign) throw new Refused(foreign);
  const member = referenceData.get('member', caller.member_id);
  const requestContext: RequestContext = { caller, referenceData, secret: who.secret, at: api.clock() };
  const visibility = member && visibilityOf(member, referenceData);
  if (visibility) requestContext.visibility = visibility;
  const reason = refused ?? policyProblem(who, caller, referenceData, policy);
  if (reason) requestContext.refused = reason;
  if (reason && !journal) throw new Refused(reason);
  request.requestContext = requestContext;
}

/** Tells a failure. On a route whose requests are kept, a known caller's refused request is kept too. */
async function tell(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  api: NativeContext,
): Promise<FastifyReply> {
  const { bodyLimit, config } = request.routeOptions;
  const problem = request.requestContext?.refused ?? toProblem(error, bodyLimit ?? 0, request.headers['content-type']);
  if (problem.kind === 'internal')
    api.log.error(
      `${request.method} ${request.routeOptions.url} failed: ${error instanceof Error ? error.stack : 'unknown error'}`,
    );
  if (config.journal && request.requestContext && isProblem(problem) && problem.kind !== 'unavailable')
    return refuseAndKeep(api, request, reply, problem);
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
