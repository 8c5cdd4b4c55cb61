import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../http/api-context.ts';
import { foreignPage } from '../http/authenticate.ts';
import { Refused } from '../http/refused.ts';
import type { Browser } from '../workspaces/access/session-store.ts';

/** The browser that sends a request. Requests from pages of other sites are refused. */
export function browserOf(request: FastifyRequest, { clock }: Pick<ApiContext, 'clock'>): Browser {
  const foreign = foreignPage(request);
  if (foreign) throw new Refused(foreign);
  return { address: request.ip, user_agent: request.headers['user-agent'] ?? null, at: clock() };
}
