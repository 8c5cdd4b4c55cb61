import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../http/api-context.ts';

/** The address of a one-time link, as whoever asks reaches this server. */
export function welcomeUrl(
  request: FastifyRequest,
  { publicUrl }: Pick<ApiContext, 'publicUrl'>,
  secret: string,
): string {
  return `${publicUrl ?? `${request.protocol}://${request.host}`}/welcome/${secret}`;
}
