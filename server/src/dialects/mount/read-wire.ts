import type { FastifyRequest } from 'fastify';
import { type Decoded, decodeBody, tooManyPairs, unreadable } from '../../platform/decode/decode.ts';
import { parseQuery } from '../../platform/decode/pairs.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Dialect } from '../dialect.ts';
import { LARGEST_BODY } from './limits.ts';
import type { Incoming } from './take-request.ts';

const noBytes = Buffer.alloc(0);

/** Turns a framework request into a decoded one. Only multipart bodies give a promise. */
export function incomingOf(request: FastifyRequest, { bodies }: Dialect): Incoming | Promise<Incoming> {
  const headers = sentHeaders(request);
  const bytes = Buffer.isBuffer(request.body) ? request.body : noBytes;
  const decoded = decodeBody(bytes, headers, bodies);
  return decoded instanceof Promise
    ? decoded.then((late) => assemble(request, headers, bytes, late))
    : assemble(request, headers, bytes, decoded);
}

/** A request whose body did not arrive completely, with the reason. */
export function unreadIncoming(request: FastifyRequest, problem: Problem): Incoming {
  return { ...assemble(request, sentHeaders(request), noBytes, unreadable(problem)), problem };
}

/** The problem for an error of the framework: the body's fault, or an internal error. */
export function problemOfFramework(error: unknown): Problem {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { kind: 'too_large', limitBytes: LARGEST_BODY };
  const ofClient = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  return ofClient ? { kind: 'malformed', detail: 'The body did not arrive as announced.' } : { kind: 'internal' };
}

function assemble(request: FastifyRequest, headers: Headers, bytes: Buffer, { body, text }: Decoded): Incoming {
  const { url = '', method = '' } = request.raw;
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  const query = mark === -1 ? '' : url.slice(mark + 1);
  const pairs = parseQuery(query);
  return {
    id: uuidv7(),
    wire: {
      method,
      path,
      params: request.params as Record<string, string>,
      query: pairs ?? [],
      headers,
      body,
      text,
    },
    query,
    bytes,
    received_at: new Date(),
    address: request.ip,
    ...(!pairs && { problem: tooManyPairs }),
  };
}

type Headers = Record<string, string>;

/** Node joins repeated headers; the only one it keeps as a list never occurs in requests. */
function sentHeaders({ raw, sentContentType }: FastifyRequest): Headers {
  if (sentContentType !== undefined) raw.headers['content-type'] = sentContentType;
  return raw.headers as Headers;
}
