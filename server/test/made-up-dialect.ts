import Fastify, { type FastifyReply, type InjectOptions } from 'fastify';
import { afterEach } from 'vitest';
import type { Dialect, Endpoint, Problem, Wire } from '../src/dialects/dialect.ts';
import { mountDialects, refuseBadUrl } from '../src/dialects/mount/mount-dialect.ts';
import type { Arrival, Intake, OpenArrival } from '../src/intake/arrival.ts';
import { isProblem } from '../src/platform/problem.ts';
import { type SentReply, serialiseReply } from '../src/platform/wire.ts';
import type { Caller } from '../src/workspaces/access/caller.ts';
import { usualFigures } from '../src/workspaces/limits/catalogue.ts';
import { limitRequestRates } from '../src/workspaces/limits/request-rates.ts';
import { makeReferenceData } from '../src/workspaces/reference-data.ts';

/** A credential that the fake intake knows, and a revoked one. */
export const TOKEN = 'lw_0123456789abcdef0123456789abcdef';
export const REVOKED = 'lw_fedcba9876543210fedcba9876543210';
const referenceData = makeReferenceData({ id: 'w', name: 'Test', region: 'CY', time_zone: 'UTC' }, {});

/** A fictional vendor that puts everything it reads, and every refusal, into its replies. */
export function madeUp(changes: Partial<Dialect> = {}, endpointChanges: Partial<Endpoint> = {}): Dialect {
  const endpoint: Endpoint = {
    name: 'add',
    methods: ['GET', 'POST'],
    path: '/vendor/add/:id',
    read: (wire) =>
      needsBody(wire)
        ? { kind: 'invalid', issues: [] }
        : { kind: 'addNote', lead: { by: 'id', id: wire.params['id'] ?? '' }, text: JSON.stringify(seen(wire)) },
    answer: (_result, { command, region }) => ({ status: 200, body: { region, read: command } }),
    ...endpointChanges,
  };
  const signIn: Endpoint = {
    name: 'sign-in',
    methods: ['POST'],
    path: '/vendor/sign-in',
    open: true,
    read: (wire) =>
      needsBody(wire)
        ? { kind: 'invalid', issues: [] }
        : { kind: 'signIn', organisation: 'o', username: 'u', password: wire.text },
    answer: (result) => ({ status: 200, body: { did: result.kind } }),
    refuse: (problem) => ({ status: 200, body: { signIn: problem.kind } }),
  };
  return {
    name: 'made-up',
    title: 'Made up',
    tokenPrefix: 'lw_',
    bodies: 'json_or_form',
    prefixes: ['/vendor'],
    endpoints: [endpoint, signIn],
    credentials: ({ query, headers }) => {
      const key = query.find(([name]) => name === 'key')?.[1] ?? headers['x-key'];
      return key ? [key] : [];
    },
    credentialPlace: 'The query.',
    fields: [],
    secretNames: { query: ['key'], body: ['key', 'password'] },
    refuse: (problem) => ({ status: statusOf(problem), body: { no: problem.kind, ...problem } }),
    policy: 'create',
    mergeStyle: 'fill',
    repeatsByContent: false,
    example: () => '',
    ...changes,
  };
}

/** Whether the request is refused for its unreadable body; with `anyway` in the query it is not. */
function needsBody({ query, body }: Wire): boolean {
  return body.kind === 'unreadable' && !query.some(([name]) => name === 'anyway');
}

function seen({ method, path, query, body, text }: Wire) {
  return { method, path, query, body, text };
}

function statusOf({ kind }: Problem): number {
  return (
    { unauthenticated: 401, not_found: 404, method_not_allowed: 405, too_large: 413, internal: 500 }[kind as string] ??
    400
  );
}

/** An intake without a database: knows two tokens, answers in the dialect's words, and records what it is given. */
class FakeIntake implements Intake {
  fromAddress = limitRequestRates(usualFigures).fromAddress;

  readonly kept: Arrival[] = [];
  readonly opened: OpenArrival[] = [];
  fault: Error | undefined;

  async identify(secret: string, dialect: string) {
    if (this.fault) throw this.fault;
    const caller = { workspace_id: 'w', dialect, region: 'CY' } as Caller;
    if (secret === TOKEN) return { caller };
    const refused: Problem = { kind: 'unauthenticated', reason: secret === REVOKED ? 'revoked' : 'unknown' };
    return secret === REVOKED ? { caller, refused } : { refused };
  }

  async referenceData() {
    return referenceData;
  }

  async perform(arrival: Arrival): Promise<SentReply> {
    this.kept.push(arrival);
    const { request, words } = arrival;
    return serialiseReply(
      isProblem(request) ? words.refuse(request) : words.answer({ kind: 'signed_out' }, referenceData),
    );
  }

  async signIn(arrival: OpenArrival): Promise<SentReply> {
    this.opened.push(arrival);
    const { request, words } = arrival;
    return serialiseReply(
      isProblem(request) ? words.refuse(request) : words.answer({ kind: 'signed_out' }, referenceData),
    );
  }
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server with these dialects and a fake intake; closed after the test. */
export function serve(...dialects: Dialect[]) {
  const logged: string[] = [];
  const intake = new FakeIntake();
  const app = Fastify({
    routerOptions: { ignoreDuplicateSlashes: true, ignoreTrailingSlash: true },
    frameworkErrors: (_error, request, reply: FastifyReply) => {
      if (!refuseBadUrl(dialects, request.raw.url ?? '', reply)) reply.code(400).send();
    },
  });
  mountDialects(app, dialects, intake, { error: (message) => logged.push(message) });
  closing.push(() => app.close());
  const send = async (options: InjectOptions) => {
    const reply = await app.inject(options);
    const json = reply.body === '' ? undefined : reply.json();
    return { status: reply.statusCode, headers: reply.headers, text: reply.body, json };
  };
  const post = (body: string | Buffer, headers: Record<string, string> = {}, url = '/vendor/add/7') =>
    send({
      method: 'POST',
      url,
      headers: { 'x-key': TOKEN, 'content-type': 'application/json', ...headers },
      payload: body,
    });
  return { app, send, post, intake, logged };
}
