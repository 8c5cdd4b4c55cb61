import type { FastifyInstance } from 'fastify';

/**
 * Content security policy that lets pages load from and connect to this host only. A nonce also allows style elements
 * that carry it.
 */
export function contentPolicy(nonce?: string): string {
  const styles = nonce ? `'self' 'nonce-${nonce}'` : "'self'";
  return `default-src 'none'; script-src 'self'; style-src ${styles}; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
}

/** Headers of every response except a dialect's. The content security policy is set separately. */
const headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'x-frame-options': 'DENY',
};

/** Adds security headers to every response that has none yet; dialects set their own. */
export function securityHeaders(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply, payload) => {
    if (!reply.hasHeader('x-content-type-options')) {
      if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', contentPolicy());
      reply.headers(headers);
    }
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    return payload;
  });
}

/** Complete headers for responses that bypass the hook: those to requests that cannot be read. */
export const bareHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy(),
  ...headers,
  'cache-control': 'no-store',
  'content-type': 'application/problem+json',
};

export function notFound(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => {
    reply
      .code(404)
      .type('application/problem+json')
      .send({ type: '/problems/not_found', title: 'Not found.', status: 404 });
  });
}
