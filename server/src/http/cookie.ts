import type { FastifyRequest } from 'fastify';

/**
 * Over TLS the cookie is bound to this host by its prefix; on plain loopback addresses browsers would reject that
 * prefix.
 */
const SECURE = '__Host-leadwell';
const PLAIN = 'leadwell';
/** Suffix of the cookie by which a browser is recognised after its session has ended. */
const DEVICE = '_device';

/** The secret of the web session in the cookie. */
export function sessionOf(request: FastifyRequest): string | undefined {
  return cookieOf(request, '');
}

/** The secret by which a known browser is recognised. */
export function deviceOf(request: FastifyRequest): string | undefined {
  return cookieOf(request, DEVICE);
}

function cookieOf({ headers: { cookie }, protocol }: FastifyRequest, suffix: string): string | undefined {
  if (cookie === undefined) return undefined;
  const name = (protocol === 'https' ? SECURE : PLAIN) + suffix;
  for (const pair of cookie.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || undefined;
  }
  return undefined;
}

/**
 * The Set-Cookie header that signs a browser in, or out if there is no secret. `seconds` is the lifetime of the cookie.
 */
export function sessionCookie(request: FastifyRequest, secret: string | undefined, seconds: number): string {
  return setCookie(request, '', secret, seconds);
}

/** The Set-Cookie header by which a browser is recognised later. */
export function deviceCookie(request: FastifyRequest, secret: string, seconds: number): string {
  return setCookie(request, DEVICE, secret, seconds);
}

function setCookie({ protocol }: FastifyRequest, suffix: string, secret: string | undefined, seconds: number): string {
  const secure = protocol === 'https';
  const kept = secret === undefined ? 0 : seconds;
  const name = (secure ? SECURE : PLAIN) + suffix;
  return `${name}=${secret ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${kept}${secure ? '; Secure' : ''}`;
}
