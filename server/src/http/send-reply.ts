import type { FastifyReply } from 'fastify';
import { typeId } from '../platform/ids.ts';
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

/** The header that names the request in the journal to which this is the response. */
const REQUEST_ID = 'leadwell-request-id';

/** A response that says which request of the journal it belongs to. */
export function withRequestId(sent: SentReply, id: string): SentReply {
  return { ...sent, headers: { ...sent.headers, [REQUEST_ID]: typeId('sub', id) } };
}

/**
 * Sends text that is already JSON. Returns `never` to the type checker, because the route's schema describes the text.
 */
export function sendJson(reply: { type(type: string): unknown; send: unknown }, text: string): never {
  reply.type('application/json; charset=utf-8');
  return (reply.send as (payload: unknown) => never).call(reply, text);
}
