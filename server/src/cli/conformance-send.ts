import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import type { ExchangeReply, ExchangeRequest } from '../dialects/conformance/exchange.ts';

const LIMIT_MS = 30_000;

/** Sends recorded requests to a host as they are written: paths untouched, and a body with GET where a client sends one. */
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

/** What clients send is not always ASCII: the bytes of UTF-8, one character each, as Node.js wants them. */
function lineOf(url: string): string {
  return Buffer.from(url.replaceAll(' ', '%20')).toString('latin1');
}
