import type { FastifyRequest } from 'fastify';
import { memberMay, type PolicyName, tokenMay } from '../platform/http/route-policy.ts';
import { memberIn, visitorOf } from './visitor.ts';

/** May the one who asks do this besides what the route is for? */
export function mayIn(request: FastifyRequest, policy: PolicyName): boolean {
  const member = memberIn(request);
  return member ? memberMay(member.role, policy) : tokenMay(visitorOf(request).caller.scopes, policy);
}
