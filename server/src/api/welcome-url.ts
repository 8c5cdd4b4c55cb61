import type { FastifyRequest } from 'fastify';
import type { ApiParts } from './parts.ts';

/** The address of a one-time link, as whoever asks reaches this server. */
export function welcomeUrl(
  request: FastifyRequest,
  { publicUrl }: Pick<ApiParts, 'publicUrl'>,
  secret: string,
): string {
  return `${publicUrl ?? `${request.protocol}://${request.host}`}/welcome/${secret}`;
}
