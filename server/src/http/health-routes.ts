import type { FastifyInstance } from 'fastify';
import type { Heartbeat } from '../platform/database/heartbeat.ts';

/** `/healthz`: the process is alive. `/readyz`: it can accept leads now. Neither queries the database. */
export function healthRoutes(
  app: FastifyInstance,
  { heartbeat, isReady }: { heartbeat: Pick<Heartbeat, 'isUp'>; isReady: () => boolean },
): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', (_request, reply) => {
    if (isReady() && heartbeat.isUp()) return { status: 'ready' };
    return reply.code(503).header('retry-after', '2').send({ status: 'not ready' });
  });
}
