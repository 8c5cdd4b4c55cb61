import type { FastifyRequest } from 'fastify';
import { memberMay, type PolicyName, tokenMay } from '../workspaces/access/policies.ts';
import { contextOf, memberIn } from './request-context.ts';

/** Whether the caller also passes another policy than that of the route. */
export function callerMay(request: FastifyRequest, policy: PolicyName): boolean {
  const member = memberIn(request);
  return member ? memberMay(member.role, policy) : tokenMay(contextOf(request).caller.scopes, policy);
}
