import type { FastifyRequest } from 'fastify';

/** Over TLS the cookie is bound to this very host; on a plain loopback address browsers would drop it by that name. */
const SECURE = '__Host-leadwell';
const PLAIN = 'leadwell';
/** What makes a browser known that somebody signed in with before; it outlives the session. */
const DEVICE = '_device';

/** The secret of the web session that a request brings. */
export function sessionOf(request: FastifyRequest): string | undefined {
  return cookieOf(request, '');
}

/** The secret by which a browser is known again. */
export function deviceOf(request: FastifyRequest): string | undefined {
  return cookieOf(request, DEVICE);
}

function cookieOf({ headers: { cookie }, protocol }: FastifyRequest, suffix: string): string | undefined {
  if (cookie === undefined) return undefined;
  const wanted = (protocol === 'https' ? SECURE : PLAIN) + suffix;
  for (const pair of cookie.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === wanted) return pair.slice(at + 1).trim() || undefined;
  }
  return undefined;
}

/** The header that signs a browser in, or out when there is no secret. `seconds` is how long the cookie is kept. */
export function sessionCookie(request: FastifyRequest, secret: string | undefined, seconds: number): string {
  return setCookie(request, '', secret, seconds);
}

/** The header by which a browser is known again. */
export function deviceCookie(request: FastifyRequest, secret: string, seconds: number): string {
  return setCookie(request, DEVICE, secret, seconds);
}

function setCookie({ protocol }: FastifyRequest, suffix: string, secret: string | undefined, seconds: number): string {
  const secure = protocol === 'https';
  const kept = secret === undefined ? 0 : seconds;
  const name = (secure ? SECURE : PLAIN) + suffix;
  return `${name}=${secret ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${kept}${secure ? '; Secure' : ''}`;
}
