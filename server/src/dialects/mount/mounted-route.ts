import type { Problem } from '../../platform/problem.ts';
import type { WireReply } from '../../platform/wire.ts';
import type { Dialect, Endpoint } from '../dialect.ts';

/** A route of a dialect: an endpoint, or the reply to its unknown paths and methods (404, 405). */
export interface MountedRoute {
  dialect: Dialect;
  endpoint?: Endpoint;
  /** For logs. */
  name: string;
  /** Fastify path pattern. */
  path: string;
  methods: readonly string[];
  /** The problem that every request to this route gets. */
  problem?: Problem;
  /** Words a problem in this route's format, with the headers that HTTP requires. */
  refuse(problem: Problem): WireReply;
}

/** All routes of a dialect: each of its paths in all `methods`, and everything else below its prefixes. */
export function mountedRoutesOf(dialect: Dialect, methods: readonly string[]): MountedRoute[] {
  const paths = new Map<string, Endpoint[]>();
  for (const endpoint of dialect.endpoints) paths.set(endpoint.path, [...(paths.get(endpoint.path) ?? []), endpoint]);
  const unknown = dialect.prefixes.flatMap((prefix) => [prefix, `${prefix}/*`]).filter((path) => !paths.has(path));
  return [
    ...dialect.endpoints.map((endpoint) => endpointWay(dialect, endpoint)),
    ...[...paths.values()].map((endpoints) => otherMethods(dialect, endpoints, methods)),
    ...unknown.map((path) => unknownPath(dialect, path, methods)),
  ];
}

function endpointWay(dialect: Dialect, endpoint: Endpoint): MountedRoute {
  const { name, path, methods } = endpoint;
  return { dialect, endpoint, name, path, methods, refuse: wordsOf(dialect, endpoint) };
}

function otherMethods(dialect: Dialect, endpoints: readonly Endpoint[], methods: readonly string[]): MountedRoute {
  const allowed = endpoints.flatMap((endpoint) => endpoint.methods);
  const [first] = endpoints;
  return {
    dialect,
    name: `${first?.name} (other method)`,
    path: first?.path ?? '',
    methods: methods.filter((method) => !allowed.some((one) => one === method)),
    problem: { kind: 'method_not_allowed', allowed },
    refuse: wordsOf(dialect, first),
  };
}

function unknownPath(dialect: Dialect, path: string, methods: readonly string[]): MountedRoute {
  const problem: Problem = { kind: 'not_found', what: 'path' };
  return { dialect, name: 'unknown path', path, methods, problem, refuse: wordsOf(dialect) };
}

function wordsOf(dialect: Dialect, endpoint?: Endpoint): MountedRoute['refuse'] {
  const refuse = (problem: Problem) => endpoint?.refuse?.(problem) ?? dialect.refuse(problem);
  return (problem) => {
    const wanted = wantedHeaders(problem);
    const reply = refuse(problem);
    return wanted ? { ...reply, headers: { ...wanted, ...reply.headers } } : reply;
  };
}

function wantedHeaders(problem: Problem): Record<string, string> | undefined {
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
