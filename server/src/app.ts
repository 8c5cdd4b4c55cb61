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
import { answerBadUrl, answerClientError, answerExpectations } from './http/unreadable-requests.ts';
import type { ServerContext } from './server-context.ts';
import { systemFacts } from './system-facts.ts';
import { webRoutes } from './web-routes.ts';

export interface AppOptions {
  config: Pick<Config, 'http' | 'logLevel'>;
  parts: ServerContext;
  /** False once the server is stopping, so that load balancers send no more requests. */
  isReady?: () => boolean;
  /** Called for every route that is registered. */
  onRoute?: (route: RouteOptions) => void;
}

/** Builds the HTTP server; everything it serves is registered here, in this order. */
export async function buildApp({ config, parts, isReady, onRoute }: AppOptions): Promise<FastifyInstance> {
  const app = Fastify(fastifyOptions(config));
  if (onRoute) app.addHook('onRoute', onRoute);
  answerExpectations(app.server);
  securityHeaders(app);
  healthRoutes(app, { heartbeat: parts.heartbeat, isReady: isReady ?? (() => true) });
  mountDialects(app, parts.dialects, parts.intake, app.log);
  await registerApi(app, { ...parts, log: app.log, publicUrl: config.http.publicUrl, system: systemFacts() });
  await webRoutes(app);
  notFound(app);
  return app;
}

/** A malformed URL below a dialect's prefix is answered in that dialect's format. */
function refuseUnreadable(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  if (!refuseBadUrl(allDialects, request.raw.url ?? '', reply)) answerBadUrl(reply);
}

/** Limits for every connection. Fastify's own default for `requestTimeout` is no limit. */
function fastifyOptions({ http, logLevel }: AppOptions['config']): FastifyHttpOptions<Server> {
  return {
    logger: logLevel === 'silent' ? false : { level: logLevel },
    // URLs contain tokens, so the framework must not log requests.
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    trustProxy: http.trustProxy,
    bodyLimit: 1_048_576,
    requestTimeout: 30_000,
    keepAliveTimeout: 10_000,
    maxRequestsPerSocket: 0,
    http: {
      headersTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
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
