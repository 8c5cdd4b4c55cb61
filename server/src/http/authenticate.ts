import type { FastifyRequest } from 'fastify';
import type { Problem } from '../platform/problem.ts';
import type { Caller, Identified } from '../workspaces/access/caller.ts';
import { memberMay, type PolicyName, policies, tokenMay } from '../workspaces/access/policies.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { ApiContext } from './api-context.ts';
import { sessionOf } from './cookie.ts';

/** A token from the Authorization header, or the web app's session cookie. */
export type PresentedCredential = { by: 'token' | 'session'; secret: string };

/** The credential of a request; a token takes precedence over a cookie. */
export function presentedCredential(request: FastifyRequest): PresentedCredential | undefined {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const secret = /^Bearer[ \t]+(\S+)[ \t]*$/i.exec(authorization)?.[1];
    return secret ? { by: 'token', secret } : undefined;
  }
  const secret = sessionOf(request);
  return secret ? { by: 'session', secret } : undefined;
}

/** Looks up whose credential it is. */
export function identify(
  api: Pick<ApiContext, 'identify' | 'identifyMember'>,
  who: PresentedCredential,
  address: string,
): Promise<Identified> {
  return who.by === 'token' ? api.identify(who.secret, 'native', address) : api.identifyMember(who.secret);
}

/** The problem if this caller may not use a route of that policy; undefined if they may. */
export function policyProblem(
  who: PresentedCredential,
  caller: Caller,
  referenceData: ReferenceData,
  policy: PolicyName,
): Problem | undefined {
  if (who.by === 'token') {
    if (tokenMay(caller.scopes, policy)) return undefined;
    const scope = policy === 'public' ? null : policies[policy].scope;
    return {
      kind: 'forbidden',
      detail: scope === null ? 'Only signed-in members may do this.' : `This requires the scope "${scope}".`,
    };
  }
  const role = referenceData.get('member', caller.member_id)?.role ?? 'viewer';
  return memberMay(role, policy) ? undefined : { kind: 'forbidden', detail: 'Your role does not allow it.' };
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Guards against cross-site request forgery: browsers send the cookie with requests from any site, so a write must come
 * from a page of ours. Browsers say where it comes from in Sec-Fetch-Site, older ones in Origin; a request with neither
 * is refused.
 */
export function foreignPage({ method, headers, host }: FastifyRequest): Problem | undefined {
  if (SAFE.has(method)) return undefined;
  const site = headers['sec-fetch-site'];
  const ours = site === undefined ? originHost(headers.origin) === host : site === 'same-origin';
  return ours ? undefined : { kind: 'forbidden', detail: 'The request must come from a page of this server.' };
}

function originHost(origin: string | undefined): string | undefined {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : undefined;
}
