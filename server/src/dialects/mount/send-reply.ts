import type { FastifyReply } from 'fastify';
import type { SentReply } from '../../intake/arrival.ts';
import type { Dialect } from '../dialect.ts';

const DAY = '86400';

/** Leads must not be cached, leaked through a referrer, or interpreted as a page. */
const guards = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The headers of every reply of a dialect; with `preflight` also those for CORS preflight requests. */
export function headersOf(cors: Dialect['cors'], preflight = false): Record<string, string> {
  if (!cors) return guards;
  const open = { ...guards, 'access-control-allow-origin': '*' };
  if (!preflight) return open;
  return {
    ...open,
    'access-control-allow-methods': cors.methods.join(', '),
    'access-control-allow-headers': cors.headers.join(', '),
    'access-control-max-age': DAY,
  };
}

/** Sends a worded reply; a dialect's own headers override the common ones. */
export function sendReply(reply: FastifyReply, sent: SentReply, common: Record<string, string>): FastifyReply {
  reply.code(sent.status).headers(common);
  if (sent.status !== 204) reply.header('content-type', 'application/json; charset=utf-8');
  return reply.headers(sent.headers).send(sent.text);
}
