import type { FastifyReply, FastifyRequest } from 'fastify';
import { readJsonBodies } from '../platform/http/json-body.ts';
import { wordProblem } from '../platform/http/problem-words.ts';
import { type ApiProblem, Refused } from '../platform/http/refused.ts';
import { demandPolicies } from '../platform/http/route-policy.ts';
import { resolveShape } from '../platform/http/shapes.ts';
import { toProblem } from '../platform/http/to-problem.ts';
import { validatorCompiler } from '../platform/http/validate.ts';
import { isProblem } from '../platform/problem.ts';
import { sightOf } from '../workspaces/sight.ts';
import { foreignPage, identify, lacks, presented } from './admit.ts';
import { refuseAndKeep } from './journaled.ts';
import type { ApiParts, ApiScope } from './parts.ts';
import type { Visitor } from './visitor.ts';

/** Sets up what holds for every route of `/v1`: who may use it, how bodies are read, how failures are told. */
export function setUpScope(scope: ApiScope, parts: ApiParts): void {
  const { methodsAt } = demandPolicies(scope as never);
  readJsonBodies(scope as never);
  scope.setValidatorCompiler(validatorCompiler(resolveShape));
  // What is sent was made for its schema, and the tests hold every answer against it.
  scope.setSerializerCompiler(() => JSON.stringify);
  scope.decorateRequest('visitor', null);
  scope.addHook('onRequest', async (request) => admit(request, parts));
  scope.addHook('preValidation', (request, _reply, done) => {
    const refused = request.visitor?.refused;
    done(refused && new Refused(refused));
  });
  const missing: Missing = (request, reply) => {
    const allowed = methodsAt(request.url.replace(/[?#].*$/s, ''));
    const known = allowed.length > 0;
    return sendProblem(reply, known ? { kind: 'method_not_allowed', allowed } : { kind: 'not_found', what: 'path' });
  };
  scope.setErrorHandler((error, request, reply) =>
    request.is404 ? missing(request, reply) : tell(error, request, reply, parts),
  );
  scope.setNotFoundHandler(missing);
}

/** Says what to do where no route is, whatever else is wrong with the request. */
type Missing = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Finds out who asks and whether they may. Nobody's request goes no further: its body is not even read. */
async function admit(request: FastifyRequest, parts: ApiParts): Promise<void> {
  const { policy, journal } = request.routeOptions.config;
  if (request.is404 || !policy || policy === 'public') return;
  const who = presented(request);
  if (!who) throw new Refused({ kind: 'unauthenticated', reason: 'missing' });
  const { caller, refused } = await identify(parts, who, request.ip);
  if (!caller) throw new Refused(refused);
  const book = parts.books.peek(caller.workspace_id) ?? (await parts.books.get(caller.workspace_id));
  const foreign = who.by === 'session' ? foreignPage(request) : undefined;
  if (foreign) throw new Refused(foreign);
  const member = book.get('member', caller.member_id);
  const visitor: Visitor = { caller, book, secret: who.secret, at: parts.clock() };
  const sight = member && sightOf(member, book);
  if (sight) visitor.sight = sight;
  const reason = refused ?? lacks(who, caller, book, policy);
  if (reason) visitor.refused = reason;
  if (reason && !journal) throw new Refused(reason);
  request.visitor = visitor;
}

/** Tells a failure. On a route whose requests are kept, a known caller's refused request is kept too. */
async function tell(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ApiParts,
): Promise<FastifyReply> {
  const { bodyLimit, config } = request.routeOptions;
  const problem = request.visitor?.refused ?? toProblem(error, bodyLimit ?? 0, request.headers['content-type']);
  if (problem.kind === 'internal')
    parts.log.error(
      `${request.method} ${request.routeOptions.url} failed: ${error instanceof Error ? error.stack : 'unknown error'}`,
    );
  if (config.journal && request.visitor && isProblem(problem) && problem.kind !== 'unavailable')
    return refuseAndKeep(parts, request, reply, problem);
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
