import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { contentPolicy } from './http/browser-edge.ts';
import { refuseUnclearHeaders } from './http/unreadable-requests.ts';
import { projectRoot } from './platform/project-root.ts';

/** Files of the web app whose names do not change with their content. */
const plainFiles = ['theme.js', 'mark.svg'];
const HOUR_MS = 3_600_000;

/** Serves the web app: one page for every URL below /app, and its assets. `folder` is the build's output. */
export async function webRoutes(
  app: FastifyInstance,
  folder: string = join(projectRoot(), 'dist', 'web'),
): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', refuseUnclearHeaders);
    await scope.register(fastifyStatic, {
      root: join(folder, 'assets'),
      prefix: '/app/assets/',
      preCompressed: true,
      immutable: true,
      maxAge: '365d',
      index: false,
    });
    for (const name of plainFiles)
      scope.get(`/app/${name}`, (_request, reply) =>
        reply.sendFile(name, folder, { maxAge: HOUR_MS, immutable: false }),
      );
    // Links are printed and mailed in short form and redirected to the app.
    scope.get<{ Params: { secret: string } }>('/welcome/:secret', ({ params }, reply) =>
      reply.redirect(`/app/welcome/${encodeURIComponent(params.secret)}`, 302),
    );
    scope.get('/', (_request, reply) => reply.redirect('/app/', 302));
    const page = (_request: unknown, reply: FastifyReply) => showPage(folder, reply);
    scope.get('/app', page);
    scope.get('/app/*', page);
  });
}

/** Sends the page with a fresh nonce, which allows the styles that the app adds at run time. */
async function showPage(folder: string, reply: FastifyReply): Promise<FastifyReply> {
  const html = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined);
  if (html === undefined)
    return reply
      .code(503)
      .type('text/plain; charset=utf-8')
      .send('The web app has not been built. Run “npm start” to build it; the APIs work without it.\n');
  const nonce = randomBytes(16).toString('base64url');
  return reply
    .header('content-security-policy', contentPolicy(nonce))
    .type('text/html; charset=utf-8')
    .send(html.replaceAll('{{nonce}}', nonce));
}
