import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { contentPolicy } from './http/browser-edge.ts';
import { projectRoot } from './platform/project-root.ts';

/** Files of the app whose names do not change with what is in them. */
const looseFiles = ['theme.js', 'mark.svg'];
const AN_HOUR = 3_600_000;

/** The web app: one page for every address below /app, and its parts. `folder` is where it was built. */
export async function webRoutes(
  app: FastifyInstance,
  folder: string = join(projectRoot(), 'dist', 'web'),
): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: join(folder, 'assets'),
      prefix: '/app/assets/',
      preCompressed: true,
      immutable: true,
      maxAge: '365d',
      index: false,
    });
    for (const name of looseFiles)
      scope.get(`/app/${name}`, (_request, reply) =>
        reply.sendFile(name, folder, { maxAge: AN_HOUR, immutable: false }),
      );
    // Links are printed and mailed in their short form; what becomes of them is the app's.
    scope.get<{ Params: { secret: string } }>('/welcome/:secret', ({ params }, reply) =>
      reply.redirect(`/app/welcome/${encodeURIComponent(params.secret)}`, 302),
    );
    scope.get('/', (_request, reply) => reply.redirect('/app/', 302));
    const page = (_request: unknown, reply: FastifyReply) => showPage(folder, reply);
    scope.get('/app', page);
    scope.get('/app/*', page);
  });
}

/** The page with a nonce of its own: the styles that the app writes while it runs are known by it. */
async function showPage(folder: string, reply: FastifyReply): Promise<FastifyReply> {
  const html = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined);
  if (html === undefined)
    return reply
      .code(503)
      .type('text/plain; charset=utf-8')
      .send('The web app is not built. “npm start” builds it; the APIs answer meanwhile.\n');
  const nonce = randomBytes(16).toString('base64url');
  return reply
    .header('content-security-policy', contentPolicy(nonce))
    .type('text/html; charset=utf-8')
    .send(html.replaceAll('{{nonce}}', nonce));
}
