import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import type { ExchangeReply, ExchangeRequest } from '../dialects/conformance/exchange.ts';

const LIMIT_MS = 30_000;

/** Sends recorded requests unaltered: paths as written, and a body even with GET if the client sent one. */
export function senderTo(base: URL): (request: ExchangeRequest) => Promise<ExchangeReply> {
  const send = base.protocol === 'https:' ? overHttps : overHttp;
  const prefix = base.pathname.replace(/\/$/, '');
  return ({ method, url, headers, text: body }) =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const outgoing = send(
        {
          hostname: base.hostname.replace(/^\[|\]$/g, ''),
          port: base.port,
          method,
          path: prefix + lineOf(url),
          headers: { ...length, ...headers },
          signal: AbortSignal.timeout(LIMIT_MS),
        },
        (reply) =>
          text(reply).then(
            (answer) => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text: answer }),
            reject,
          ),
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
}

/** Clients also send non-ASCII characters in paths; Node.js expects their UTF-8 bytes as one character each. */
function lineOf(url: string): string {
  return Buffer.from(url.replaceAll(' ', '%20')).toString('latin1');
}
