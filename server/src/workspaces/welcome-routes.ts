import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Database } from '../platform/database.ts';
import { projectRoot } from '../platform/project-root.ts';
import { hashPassword, SHORTEST_PASSWORD } from './passwords.ts';
import { endSession, findSession, type Session } from './session-store.ts';
import { hashSecret } from './token-store.ts';
import { setPassword } from './workspace-store.ts';

const read = (name: string) => readFileSync(join(projectRoot(), 'web', 'src', name), 'utf8');

interface Parts {
  database: Database;
  clock(): Date;
}

/** The few pages outside the web app: the one-time link by which an owner sets a password. */
export function welcomeRoutes(app: FastifyInstance, { database, clock }: Parts): void {
  const pages = { welcome: read('welcome.html'), message: read('message.html') };
  const style = read('leadwell.css');
  const show = (reply: FastifyReply, status: number, html: string) =>
    reply.code(status).type('text/html; charset=utf-8').send(html);
  const message = (reply: FastifyReply, status: number, title: string, text: string) =>
    show(reply, status, pages.message.replaceAll('{{title}}', title).replace('{{text}}', text));
  const gone = (reply: FastifyReply) =>
    message(
      reply,
      410,
      'This link no longer works',
      'It was used, or it is older than a week. “node bin/leadwell.js link” makes a new one.',
    );

  app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 8_192 },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    scope.get('/leadwell.css', (_request, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(style),
    );
    scope.get<{ Params: { secret: string } }>(
      '/welcome/:secret',

      async (request, reply) => {
        const link = await usableLink(database, request.params.secret, clock());
        return link ? show(reply, 200, pages.welcome.replace('{{problem}}', '')) : gone(reply);
      },
    );
    scope.post<{ Params: { secret: string }; Body: URLSearchParams | undefined }>(
      '/welcome/:secret',

      async (request, reply) => {
        const link = await usableLink(database, request.params.secret, clock());
        if (!link?.member_id) return gone(reply);
        const password = request.body?.get('password') ?? '';
        const problem = passwordProblem(password, request.body?.get('again') ?? '');
        if (problem) return show(reply, 422, pages.welcome.replace('{{problem}}', problem));
        if (!(await usePassword(database, link, password))) return gone(reply);
        return message(
          reply,
          200,
          'Your password is set',
          'The web app comes next; until then the APIs and the command line are yours.',
        );
      },
    );
  });
}

async function usableLink(database: Database, secret: string, now: Date): Promise<Session | undefined> {
  const link = await database.global((tx) => findSession(tx, hashSecret(secret)));
  const usable = link?.kind === 'welcome_link' && !link.ended_at && link.expires_at > now;
  return usable ? link : undefined;
}

function passwordProblem(password: string, again: string): string | undefined {
  if ([...password].length < SHORTEST_PASSWORD) return `Use at least ${SHORTEST_PASSWORD} characters.`;
  if (password.length > 1024) return 'Use at most 1024 characters.';
  return password === again ? undefined : 'The two passwords differ.';
}

/** Sets the password and ends the link in one transaction: of two who use it at once, one wins. */
async function usePassword(database: Database, link: Session, password: string): Promise<boolean> {
  const hash = await hashPassword(password);
  return database.tx(link.workspace_id, async (tx) => {
    if (!link.member_id || !(await endSession(tx, link.id))) return false;
    await setPassword(tx, link.member_id, hash);
    return true;
  });
}
