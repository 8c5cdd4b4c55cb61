import type { FastifyInstance } from 'fastify';
import type { Database } from '../platform/database/database.ts';

/** Lifetime of a cached database check, in ms. */
const CACHED_MS = 1_000;

/** `/healthz`: the process is alive. `/readyz`: it can accept leads; the database check is cached. */
export function healthRoutes(
  app: FastifyInstance,
  { database, isReady }: { database: Database; isReady: () => boolean },
): void {
  let looked = { at: 0, works: Promise.resolve(false) };
  const databaseWorks = () => {
    if (Date.now() - looked.at > CACHED_MS)
      looked = {
        at: Date.now(),
        works: database
          .global((tx) => tx.query('SELECT 1'))
          .then(
            () => true,
            () => false,
          ),
      };
    return looked.works;
  };
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    if (isReady() && (await databaseWorks())) return { status: 'ready' };
    return reply.code(503).header('retry-after', '2').send({ status: 'not ready' });
  });
}
