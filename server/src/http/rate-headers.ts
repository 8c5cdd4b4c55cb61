import type { FastifyReply } from 'fastify';
import { type NamedStanding, RATE_SECONDS, type RequestRates } from '../workspaces/limits/request-rates.ts';
import type { ApiScope } from './api-context.ts';
import { Refused } from './refused.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** How much of its request limit the sender has left; the caller's own limit once the caller is known. */
    standing: NamedStanding | null;
  }
}

/**
 * Counts requests by address before anything else is done, and states in every response how much of its limit the
 * sender has left (draft-ietf-httpapi-ratelimit-headers).
 */
export function limitByAddress(scope: ApiScope, rates: Pick<RequestRates, 'fromAddress'>): void {
  scope.decorateRequest('standing', null);
  scope.addHook('onRequest', (request, _reply, done) => {
    const standing = rates.fromAddress(request.ip);
    request.standing = standing;
    done(
      standing.exceeded ? new Refused({ kind: 'rate_limited', retryAfterSeconds: standing.resetSeconds }) : undefined,
    );
  });
  scope.addHook('onSend', (request, reply, payload, done) => {
    if (request.standing) tell(reply, request.standing);
    done(null, payload);
  });
}

function tell(reply: FastifyReply, { policy, quota, remaining, resetSeconds }: NamedStanding): void {
  reply.header('ratelimit-policy', `"${policy}";q=${quota};w=${RATE_SECONDS}`);
  reply.header('ratelimit', `"${policy}";r=${remaining};t=${resetSeconds}`);
}
