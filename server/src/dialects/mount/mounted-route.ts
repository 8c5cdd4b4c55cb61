import type { Route } from '../../intake/receive.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Dialect, Endpoint, ReadContext } from '../dialect.ts';

/** A route of a dialect: an endpoint, or the 404 or 405 response where there is none. */
export interface MountedRoute extends Route<ReadContext>, Pick<Dialect, 'secretNames'> {
  dialect: Dialect;
  /** Shown in logs. */
  name: string;
  /** Fastify path pattern. */
  path: string;
  methods: readonly string[];
}

/** All routes of a dialect: its endpoints, 405 for their other methods, and 404 for other paths below its prefixes. */
export function mountedRoutesOf(dialect: Dialect, methods: readonly string[]): MountedRoute[] {
  const paths = new Map<string, Endpoint[]>();
  for (const endpoint of dialect.endpoints) paths.set(endpoint.path, [...(paths.get(endpoint.path) ?? []), endpoint]);
  const unknown = dialect.prefixes.flatMap((prefix) => [prefix, `${prefix}/*`]).filter((path) => !paths.has(path));
  return [
    ...dialect.endpoints.map((endpoint) => endpointRoute(dialect, endpoint)),
    ...[...paths.values()].map((endpoints) => otherMethods(dialect, endpoints, methods)),
    ...unknown.map((path) => unknownPath(dialect, path, methods)),
  ];
}

function endpointRoute(dialect: Dialect, endpoint: Endpoint): MountedRoute {
  const { name, path, methods } = endpoint;
  return { ...routeOf(dialect, endpoint), endpoint, name, path, methods };
}

function otherMethods(dialect: Dialect, endpoints: readonly Endpoint[], methods: readonly string[]): MountedRoute {
  const allowed = endpoints.flatMap((endpoint) => endpoint.methods);
  const [first] = endpoints;
  return {
    ...routeOf(dialect, first),
    name: `${first?.name} (other method)`,
    path: first?.path ?? '',
    methods: methods.filter((method) => !allowed.some((one) => one === method)),
    problem: { kind: 'method_not_allowed', allowed },
  };
}

function unknownPath(dialect: Dialect, path: string, methods: readonly string[]): MountedRoute {
  const problem: Problem = { kind: 'not_found', what: 'path' };
  return { ...routeOf(dialect), name: 'unknown path', path, methods, problem };
}

/** Common parts of a dialect's routes. Refusals use the endpoint's own wording if it has one. */
function routeOf(dialect: Dialect, endpoint?: Endpoint): Pick<MountedRoute, 'dialect' | 'secretNames' | 'refuse'> {
  return {
    dialect,
    secretNames: dialect.secretNames,
    refuse: (problem) => {
      const headers = headersFor(problem);
      const reply = endpoint?.refuse?.(problem) ?? dialect.refuse(problem);
      return headers ? { ...reply, headers: { ...headers, ...reply.headers } } : reply;
    },
  };
}

/** Headers that HTTP requires with a refusal. */
function headersFor(problem: Problem): Record<string, string> | undefined {
  if (problem.kind === 'method_not_allowed') return { allow: problem.allowed.join(', ') };
  if (problem.kind === 'rate_limited' || problem.kind === 'unavailable')
    return { 'retry-after': String(problem.retryAfterSeconds) };
  return undefined;
}

/** The dialect that serves a path, which may be undecodable; undefined if none does. The longest prefix wins. */
export function ownerOf(path: string, dialects: readonly Dialect[]): Dialect | undefined {
  const tidy = `${path.replace(/\/{2,}/g, '/')}/`;
  let [owner, longest] = [undefined as Dialect | undefined, 0];
  for (const dialect of dialects)
    for (const prefix of dialect.prefixes)
      if (prefix.length > longest && tidy.startsWith(`${prefix}/`)) [owner, longest] = [dialect, prefix.length];
  return owner;
}
