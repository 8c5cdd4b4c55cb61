import type { FastifyInstance, RouteOptions } from 'fastify';

/** What a token must be allowed to do. `public`: no token is needed. */
export const scopes = ['read', 'write', 'calls', 'admin'] as const;
export type Scope = (typeof scopes)[number] | 'public';

declare module 'fastify' {
  interface FastifyContextConfig {
    scope?: Scope;
    /** Every request here is kept in the journal, refused ones too. */
    journal?: boolean;
  }
}

/** What each scope allows besides itself. */
const includes: { readonly [S in Exclude<Scope, 'public'>]: readonly Scope[] } = {
  admin: ['read', 'write', 'calls'],
  write: ['read'],
  calls: [],
  read: [],
};

/** True when a token of these scopes may use a route of that scope. A token that names no scope may do everything. */
export function allows(granted: readonly string[], wanted: Scope): boolean {
  if (wanted === 'public' || granted.length === 0) return true;
  return scopes.some((scope) => granted.includes(scope) && (scope === wanted || includes[scope].includes(wanted)));
}

/** Refuses to start with a route that does not say who may use it; remembers paths, so that a 405 can name methods. */
export function demandPolicies(scope: FastifyInstance): { methodsAt(path: string): string[] } {
  const routes: { methods: string[]; matches: RegExp }[] = [];
  scope.addHook('onRoute', (route: RouteOptions) => {
    const methods = [route.method].flat();
    if (!route.config?.scope) throw new Error(`${methods.join(', ')} ${route.url} does not say who may use it.`);
    routes.push({ methods, matches: pattern(route.url) });
  });
  return {
    methodsAt: (path) =>
      [...new Set(routes.filter(({ matches }) => matches.test(path)).flatMap(({ methods }) => methods))].sort(),
  };
}

function pattern(url: string): RegExp {
  const parts = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/+')}/*$`);
}
