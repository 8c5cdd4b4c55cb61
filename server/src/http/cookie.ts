import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether browsers reach this server over HTTPS. It follows from PUBLIC_URL, never from a request. */
    overHttps: boolean;
  }
}

/**
 * Over HTTPS the `__Host-` prefix binds the cookie to this host; over plain HTTP on loopback, browsers would reject
 * that prefix.
 */
const SECURE = '__Host-leadwell';
const PLAIN = 'leadwell';
/** Suffix of the cookie that recognises a browser after its session has ended. */
const DEVICE = '_device';

/** The secret from the session cookie. */
export function sessionOf(request: FastifyRequest): string | undefined {
  return cookieOf(request, '');
}

/** The secret from the device cookie. */
export function deviceOf(request: FastifyRequest): string | undefined {
  return cookieOf(request, DEVICE);
}

function cookieOf({ headers: { cookie }, server }: FastifyRequest, suffix: string): string | undefined {
  if (cookie === undefined) return undefined;
  const name = (server.overHttps ? SECURE : PLAIN) + suffix;
  const values = cookie.split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at > 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : [];
  });
  // Another host of the domain may have planted a second cookie, and we cannot tell which of them is ours.
  const [value, ...others] = values;
  return others.some((other) => other !== value) ? undefined : value || undefined;
}

/** Set-Cookie header that signs a browser in, or out if there is no secret. `seconds` is the cookie's lifetime. */
export function sessionCookie(request: FastifyRequest, secret: string | undefined, seconds: number): string {
  return setCookie(request, '', secret, seconds);
}

/** Set-Cookie header for the cookie that recognises the browser later. */
export function deviceCookie(request: FastifyRequest, secret: string, seconds: number): string {
  return setCookie(request, DEVICE, secret, seconds);
}

function setCookie({ server }: FastifyRequest, suffix: string, secret: string | undefined, seconds: number): string {
  const secure = server.overHttps;
  const kept = secret === undefined ? 0 : seconds;
  const name = (secure ? SECURE : PLAIN) + suffix;
  return `${name}=${secret ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${kept}${secure ? '; Secure' : ''}`;
}
