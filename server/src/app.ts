import type { Server } from 'node:http';
import Fastify, {
  type FastifyError,
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify';
import { registerApi } from './api.ts';
import type { Config } from './config.ts';
import { allDialects } from './dialects/all-dialects.ts';
import { mountDialects, refuseBadUrl } from './dialects/mount/mount-dialect.ts';
import { notFound, securityHeaders } from './http/browser-edge.ts';
import { healthRoutes } from './http/health-routes.ts';
import { limitConnections } from './http/limit-connections.ts';
import { answerBadUrl, answerClientError, answerExpectations } from './http/unreadable-requests.ts';
import { unsubscribeLinks } from './mail/preference-routes.ts';
import type { ServerContext } from './server-context.ts';
import { systemFacts } from './system-facts.ts';
import { webRoutes } from './web-routes.ts';

export interface AppOptions {
  config: Pick<Config, 'http' | 'logLevel'>;
  parts: ServerContext;
  /** False when load balancers should send no more requests, for example once the server is stopping. */
  isReady?: () => boolean;
  /** Time limits of connections; tests shorten them. */
  times?: ConnectionTimes;
  /** Where the log goes; standard output by default. */
  logStream?: { write(line: string): void };
  /** Called for every route that is registered. */
  onRoute?: (route: RouteOptions) => void;
}

/** Builds the HTTP server; everything it serves is registered here, in this order. */
export async function buildApp({ config, parts, isReady, onRoute, ...more }: AppOptions): Promise<FastifyInstance> {
  const app = Fastify(fastifyOptions(config, more));
  app.decorate('overHttps', config.http.publicUrl?.startsWith('https:') ?? false);
  limitConnections(app.server, {
    all: parts.limits.connections,
    ofAddress: config.http.trustProxy ? null : parts.limits.connections_of_address,
  });
  if (onRoute) app.addHook('onRoute', onRoute);
  answerExpectations(app.server);
  securityHeaders(app);
  healthRoutes(app, { heartbeat: parts.heartbeat, isReady: isReady ?? (() => true) });
  mountDialects(app, parts.dialects, parts.intake, app.log);
  unsubscribeLinks(app, parts);
  await registerApi(app, { ...parts, log: app.log, publicUrl: config.http.publicUrl, system: systemFacts() });
  await webRoutes(app);
  notFound(app);
  return app;
}

/** A malformed URL below a dialect's prefix is answered in that dialect's format. */
function refuseUnreadable(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  if (!refuseBadUrl(allDialects, request.raw.url ?? '', reply)) answerBadUrl(reply);
}

/** Connection timeouts, in ms. By default, Node and Fastify do not limit most of these times. */
export interface ConnectionTimes {
  /** Time to send the headers of the first or the next request. */
  headers: number;
  /** Time to send a whole request. */
  request: number;
  /** Time without any byte in either direction, while a response is prepared or read. */
  idle: number;
  /** Time between two requests. */
  keepAlive: number;
  /** How often these times are checked. */
  checking: number;
}

export const connectionTimes: ConnectionTimes = {
  headers: 10_000,
  request: 30_000,
  idle: 90_000,
  keepAlive: 10_000,
  checking: 1_000,
};

function fastifyOptions(
  { http, logLevel }: AppOptions['config'],
  { times = connectionTimes, logStream }: Pick<AppOptions, 'times' | 'logStream'>,
): FastifyHttpOptions<Server> {
  const hops = http.trustProxy;
  return {
    logger: logLevel === 'silent' ? false : { level: logLevel, ...(logStream && { stream: logStream }) },
    // URLs contain tokens, so the framework must not log requests.
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    trustProxy: typeof hops === 'number' ? (_address, hop) => hop < hops : hops,
    bodyLimit: 1_048_576,
    requestTimeout: times.request,
    connectionTimeout: times.idle,
    keepAliveTimeout: times.keepAlive,
    maxRequestsPerSocket: 0,
    http: {
      headersTimeout: times.headers,
      connectionsCheckingInterval: times.checking,
      maxHeaderSize: 16_384,
      requireHostHeader: false,
    },
    routerOptions: {
      ignoreDuplicateSlashes: true,
      ignoreTrailingSlash: true,
      caseSensitive: true,
      maxParamLength: 600,
    },
    exposeHeadRoutes: false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    genReqId: () => '',
    frameworkErrors: refuseUnreadable,
    clientErrorHandler: answerClientError,
  };
}
