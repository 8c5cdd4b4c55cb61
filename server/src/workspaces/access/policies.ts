import type { FastifyInstance, RouteOptions } from 'fastify';

export const scopes = ['read', 'write', 'calls', 'admin'] as const;
type Scope = (typeof scopes)[number];

/** Roles of members, most privileged first. Each includes the permissions of those after it. */
export const roles = ['owner', 'admin', 'manager', 'agent', 'viewer'] as const;
export type Role = (typeof roles)[number];

interface Policy {
  /** Scope that a token needs; null if only signed-in members may use the route. */
  scope: Scope | null;
  /** Lowest role that a member needs. */
  role: Role;
}

/** Access policies. Every route names one of these, or `public`. */
export const policies = {
  'be signed in': { scope: null, role: 'viewer' },
  'read leads': { scope: 'read', role: 'viewer' },
  'work leads': { scope: 'write', role: 'agent' },
  /** Members only, because a view belongs to a person. */
  'keep views': { scope: null, role: 'agent' },
  /** For deciding which department gets leads from now on. */
  'route leads': { scope: 'write', role: 'admin' },
  'delete leads': { scope: 'write', role: 'manager' },
  'make calls': { scope: 'calls', role: 'agent' },
  'read journal': { scope: 'read', role: 'manager' },
  'replay requests': { scope: 'write', role: 'manager' },
  'read reports': { scope: 'read', role: 'manager' },
  'supervise agents': { scope: null, role: 'manager' },
  'read settings': { scope: 'read', role: 'viewer' },
  administer: { scope: 'admin', role: 'admin' },
  'change owners': { scope: null, role: 'owner' },
} as const satisfies Record<string, Policy>;
export type PolicyName = keyof typeof policies | 'public';

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: PolicyName;
    /** Whether all requests are stored in the journal, including refused ones. */
    journal?: boolean;
  }
}

/** Scopes that each scope includes. */
const includes: { readonly [S in Scope]: readonly Scope[] } = {
  admin: ['read', 'write', 'calls'],
  write: ['read'],
  calls: [],
  read: [],
};

/** Whether a token with these scopes may use a route with that policy. A token without scopes may do everything. */
export function tokenMay(granted: readonly string[], name: PolicyName): boolean {
  if (name === 'public') return true;
  const needed: Scope | null = policies[name].scope;
  if (needed === null) return false;
  if (granted.length === 0) return true;
  return scopes.some((scope) => granted.includes(scope) && (scope === needed || includes[scope].includes(needed)));
}

/** Whether a member with this role may use a route with that policy. */
export function memberMay(role: Role, name: PolicyName): boolean {
  return name === 'public' || roles.indexOf(role) <= roles.indexOf(policies[name].role);
}

/** All policies that a role satisfies. */
export function permissionsOf(role: Role): (keyof typeof policies)[] {
  return (Object.keys(policies) as (keyof typeof policies)[]).filter((name) => memberMay(role, name));
}

/** Throws on start-up if a route has no policy. Also records the paths, so that a 405 can list the allowed methods. */
export function requirePolicies(scope: FastifyInstance): { methodsAt(path: string): string[] } {
  const routes: { methods: string[]; matches: RegExp }[] = [];
  scope.addHook('onRoute', (route: RouteOptions) => {
    const methods = [route.method].flat();
    if (!route.config?.policy) throw new Error(`${methods.join(', ')} ${route.url} does not say who may use it.`);
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
