import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../http/api-context.ts';

/** The URL of a one-time link, on the host that the caller used. */
export function welcomeUrl(
  request: FastifyRequest,
  { publicUrl }: Pick<ApiContext, 'publicUrl'>,
  secret: string,
): string {
  return `${publicUrl ?? `${request.protocol}://${request.host}`}/welcome/${secret}`;
}
