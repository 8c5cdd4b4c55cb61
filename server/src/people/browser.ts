import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../http/api-context.ts';
import { refuseForeignPage } from '../http/authenticate.ts';
import type { Browser } from '../workspaces/access/session-store.ts';

/** The browser that sends a request. Requests from pages of other sites are refused. */
export function browserOf(request: FastifyRequest, { clock }: Pick<ApiContext, 'clock'>): Browser {
  refuseForeignPage(request);
  return { address: request.ip, user_agent: request.headers['user-agent'] ?? null, at: clock() };
}
