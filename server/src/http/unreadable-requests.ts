import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bareHeaders } from './browser-edge.ts';
import { headerProblem } from './header-problem.ts';

/** What Node reports when a connection sends something that is not an HTTP request, or sends it too slowly. */
interface ClientError extends Error {
  code?: string;
}

const statuses: Readonly<Record<string, readonly [status: number, title: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are too large.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The body is too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long.'],
};
const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  413: 'Payload Too Large',
  431: 'Request Header Fields Too Large',
};

/** Responds to a connection whose bytes are not an HTTP request, and closes it. */
export function answerClientError(error: ClientError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, title] = statuses[error.code ?? ''] ?? [400, 'The request is not well-formed HTTP.'];
  const body = problemText(status, title);
  const head = { ...bareHeaders, 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  if (socket.writable)
    socket.write([`HTTP/1.1 ${status} ${reasons[status]}`, ...lines, '', body].join('\r\n'), 'latin1');
  socket.destroySoon();
}

/** Responds to an `Expect` header that we do not know; Node would do so without our headers. */
export function answerExpectations(server: Server): void {
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(417, bareHeaders).end(problemText(417, 'This expectation cannot be met.'));
  });
}

/** Responds to a request whose address cannot be decoded. */
export function answerBadUrl(reply: FastifyReply): void {
  reply.code(400).headers(bareHeaders).send(problemText(400, 'The URL cannot be read.'));
}

/** Refuses pages of the web app if the headers of the request can be read in two ways. */
export async function refuseUnclearHeaders(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const problem = headerProblem(request.raw);
  return problem && reply.code(400).headers(bareHeaders).send(problemText(400, 'The headers are ambiguous.'));
}

function problemText(status: number, title: string): string {
  return JSON.stringify({ type: '/problems/malformed', title, status });
}
