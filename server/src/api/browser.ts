import type { FastifyRequest } from 'fastify';
import { Refused } from '../platform/http/refused.ts';
import type { Browser } from '../workspaces/session-store.ts';
import { foreignPage } from './admit.ts';
import type { ApiParts } from './parts.ts';

/** The browser that asks; a request that another site's page makes is refused. */
export function browserOf(request: FastifyRequest, { clock }: Pick<ApiParts, 'clock'>): Browser {
  const foreign = foreignPage(request);
  if (foreign) throw new Refused(foreign);
  return { address: request.ip, user_agent: request.headers['user-agent'] ?? null, at: clock() };
}
