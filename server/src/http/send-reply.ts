import type { FastifyReply } from 'fastify';
import type { SentReply } from '../platform/wire.ts';

/** Sends a response exactly as it was stored. Its own headers override those in `common`. */
export function sendReply(
  reply: FastifyReply,
  sent: SentReply,
  common: Readonly<Record<string, string>> = {},
): FastifyReply {
  reply.code(sent.status).headers(common);
  if (sent.status !== 204) reply.header('content-type', 'application/json; charset=utf-8');
  return reply.headers(sent.headers).send(sent.text);
}

/**
 * Sends text that is already JSON. Returns `never` to the type checker, because the route's schema describes the text.
 */
export function sendJson(reply: { type(type: string): unknown; send: unknown }, text: string): never {
  reply.type('application/json; charset=utf-8');
  return (reply.send as (payload: unknown) => never).call(reply, text);
}
