import type { FastifyRequest } from 'fastify';

/** Over TLS the cookie is bound to this very host; on a plain loopback address browsers would drop it by that name. */
const SECURE = '__Host-leadwell';
const PLAIN = 'leadwell';

/** The secret of the web session that a request brings. */
export function sessionOf({ headers: { cookie }, protocol }: FastifyRequest): string | undefined {
  if (cookie === undefined) return undefined;
  const wanted = protocol === 'https' ? SECURE : PLAIN;
  for (const pair of cookie.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === wanted) return pair.slice(at + 1).trim() || undefined;
  }
  return undefined;
}

/** The header that signs a browser in, or out when there is no secret. `seconds` is how long the cookie is kept. */
export function sessionCookie({ protocol }: FastifyRequest, secret: string | undefined, seconds: number): string {
  const secure = protocol === 'https';
  const kept = secret === undefined ? 0 : seconds;
  const name = secure ? SECURE : PLAIN;
  return `${name}=${secret ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${kept}${secure ? '; Secure' : ''}`;
}
