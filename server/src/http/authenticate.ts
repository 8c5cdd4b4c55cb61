import type { FastifyRequest } from 'fastify';
import type { Problem } from '../platform/problem.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import { refusalOf } from '../workspaces/access/guard.ts';
import type { Admitted } from '../workspaces/limits/limited-credentials.ts';
import type { ApiContext, ApiScope } from './api-context.ts';
import { sessionOf } from './cookie.ts';
import { headerProblem } from './header-problem.ts';
import { Refused } from './refused.ts';
import type { RequestContext } from './request-context.ts';

/**
 * Identifies the caller of every request and checks their permissions. A request without a known caller is refused
 * before its body is read. If the route stores requests, a known caller's request is refused only after its body has
 * been read.
 */
export function authenticateCallers(scope: ApiScope, api: ApiContext): void {
  scope.decorateRequest('requestContext', null);
  scope.addHook('onRequest', (request) => authenticate(request, api));
  scope.addHook('preValidation', (request, _reply, done) => {
    const refused = request.requestContext?.refused;
    done(refused && new Refused(refused));
  });
}

async function authenticate(request: FastifyRequest, api: ApiContext): Promise<void> {
  const { policy, journal } = request.routeOptions.config;
  if (request.is404 || !policy) return;
  const unclear = headerProblem(request.raw);
  if (unclear) throw new Refused(unclear);
  if (policy === 'public') return;
  const credential = presentedCredential(request);
  if (!credential) throw new Refused({ kind: 'unauthenticated', reason: 'missing' });
  const { caller, refused, standing } = await identify(api, credential, request.ip);
  if (standing) request.standing = standing;
  if (!caller) throw new Refused(refused);
  const { workspace_id, visibility } = caller;
  const referenceData = api.referenceCache.peek(workspace_id) ?? (await api.referenceCache.get(workspace_id));
  if (credential.by === 'session') refuseForeignPage(request);
  const requestContext: RequestContext = { caller, referenceData, secret: credential.secret, at: api.clock() };
  if (visibility) requestContext.visibility = visibility;
  const reason = refused ?? refusalOf(caller, policy) ?? untestable(request, caller);
  if (reason) requestContext.refused = reason;
  if (reason && !journal) throw new Refused(reason);
  request.requestContext = requestContext;
}

/** A token from the Authorization header, or the web app's session cookie. */
type PresentedCredential = { by: 'token' | 'session'; secret: string };

/** The credential of a request; a token takes precedence over a cookie. */
function presentedCredential(request: FastifyRequest): PresentedCredential | undefined {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const secret = /^Bearer[ \t]+(\S+)[ \t]*$/i.exec(authorization)?.[1];
    return secret ? { by: 'token', secret } : undefined;
  }
  const secret = sessionOf(request);
  return secret ? { by: 'session', secret } : undefined;
}

function identify(
  api: Pick<ApiContext, 'identify' | 'identifyMember'>,
  { by, secret }: PresentedCredential,
  address: string,
): Promise<Admitted> {
  return by === 'token' ? api.identify(secret, 'native', address) : api.identifyMember(secret, address);
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A token in test mode changes nothing: what goes through intake is rehearsed there, other writes are refused. */
function untestable({ method, routeOptions }: FastifyRequest, { test_mode }: Caller): Problem | undefined {
  if (!test_mode || SAFE.has(method) || routeOptions.config.journal) return undefined;
  return {
    kind: 'forbidden',
    detail: 'A token in test mode changes nothing, and this request cannot be made as a test.',
  };
}

/** Refuses a request that was sent by a page of another site. */
export function refuseForeignPage(request: FastifyRequest): void {
  const foreign = foreignPage(request);
  if (foreign) throw new Refused(foreign);
}

/**
 * Guards against cross-site request forgery. Browsers send the cookie with requests from any site, so writes must come
 * from our own pages: current browsers report the origin in Sec-Fetch-Site, older ones in Origin. A request with
 * neither header is refused.
 */
function foreignPage({ method, headers, host }: FastifyRequest): Problem | undefined {
  if (SAFE.has(method)) return undefined;
  const site = headers['sec-fetch-site'];
  const ours = site === undefined ? originHost(headers.origin) === host : site === 'same-origin';
  return ours ? undefined : { kind: 'forbidden', detail: 'The request must come from a page of this server.' };
}

function originHost(origin: string | undefined): string | undefined {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : undefined;
}
