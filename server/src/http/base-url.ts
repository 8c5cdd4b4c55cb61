import { hostname, networkInterfaces } from 'node:os';
import type { FastifyRequest } from 'fastify';
import type { ApiContext } from './api-context.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The base URL of links that people and partners open: PUBLIC_URL, otherwise the host of the request if it names this
 * machine. Empty for any other host, because senders choose the Host header: the link is then only a path.
 */
export function baseUrl(
  { headers }: Pick<FastifyRequest, 'headers'>,
  { publicUrl }: Pick<ApiContext, 'publicUrl'>,
): string {
  if (publicUrl) return publicUrl;
  const base = `http://${headers.host ?? ''}`;
  return URL.canParse(base) && isThisMachine(new URL(base)) ? new URL(base).origin : '';
}

/** The base URL of addresses in examples; if the host is not known, a placeholder that the web app fills in. */
export function shownBase(request: Pick<FastifyRequest, 'headers'>, api: Pick<ApiContext, 'publicUrl'>): string {
  return baseUrl(request, api) || 'http://your-server';
}

function isThisMachine({ hostname: name, pathname, username }: URL): boolean {
  if (pathname !== '/' || username !== '') return false;
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return [...LOOPBACK, hostname().toLowerCase(), ...own.map(({ address }) => address)].includes(
    name.replace(/^\[(?!::1\])(.*)\]$/, '$1'),
  );
}
