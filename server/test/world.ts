import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll } from 'vitest';
import { buildApp } from '../src/app.ts';
import { openParts, type Parts } from '../src/parts.ts';
import { openDatabase } from '../src/platform/database.ts';
import { uuidv7 } from '../src/platform/ids.ts';
import { tokenKinds } from '../src/token-kinds.ts';
import { createToken, type NewToken } from '../src/workspaces/token-store.ts';
import { addMember, createWorkspace, fillWorkspace } from '../src/workspaces/workspace-store.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { holdToDocument } from './hold-to-document.ts';

/** A whole server on a database of its own, with workspaces as tests want them. */
export interface World extends Home {
  app: FastifyInstance;
  parts: Parts;
  database: Parts['database'];
  query: TestDatabase['query'];
  connections: TestDatabase['connections'];
  /** Moves the server's clock; it stands still otherwise. */
  setClock(at: Date | undefined): void;
  /** Another workspace, filled in the same way. */
  anotherHome(name: string): Promise<Home>;
  /** A further token of the first workspace. */
  token(dialect: string, settings?: Partial<NewToken>): Promise<string>;
  close(): Promise<void>;
}

/** A workspace with its owner and a token for each dialect. */
export interface Home {
  workspaceId: string;
  ownerId: string;
  /** Secrets by dialect, `native` among them. */
  tokens: ReadonlyMap<string, string>;
}

/** What our own API answered; the body as JSON. */
export interface Reply {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  body: any;
  text: string;
}

const silent = { error: () => {}, warn: () => {}, info: () => {} };

/** Builds a server for one test file; it is closed after the file's last test. */
export async function testWorld(): Promise<World> {
  const { connections, query } = await testDatabase();
  const opened = await openParts({ app: connections.app, contentWindowSeconds: 86_400, log: silent });
  let now: Date | undefined;
  const parts: Parts = { ...opened, clock: () => now ?? new Date() };
  const app = await buildApp({
    config: {
      http: { host: '127.0.0.1', port: 0, publicUrl: null, trustProxy: false },
      logLevel: 'silent',
    },
    parts,
  });
  await app.ready();
  const makeHome = (name: string) => newHome(connections, name);
  const first = await makeHome('default');
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= app.close().then(() => opened.close());
    return closing;
  };
  afterAll(close);
  return {
    ...first,
    app,
    parts,
    database: parts.database,
    query,
    connections,
    setClock: (at) => {
      now = at;
    },
    anotherHome: makeHome,
    token: (dialect, settings) => newToken(parts, first.workspaceId, dialect, settings),
    close,
  };
}

async function newHome(connections: TestDatabase['connections'], name: string): Promise<Home> {
  const owner = await openDatabase(connections.owner, { size: 1, asOwner: true });
  try {
    const workspaceId = uuidv7();
    return await owner.tx(workspaceId, async (tx) => {
      await createWorkspace(tx, { id: workspaceId, name, region: 'GB' });
      await fillWorkspace(tx);
      const ownerId = await addMember(tx, {
        name: 'Olive Owner',
        email: `owner@${name}.example`,
        username: `owner-${name}`,
        role: 'owner',
        password_hash: null,
      });
      const tokens = new Map<string, string>();
      for (const { name: dialect, tokenPrefix: prefix } of tokenKinds)
        tokens.set(dialect, (await createToken(tx, { dialect, prefix, name: `${dialect} of ${name}` })).secret);
      return { workspaceId, ownerId: ownerId ?? '', tokens };
    });
  } finally {
    await owner.close();
  }
}

async function newToken(parts: Parts, workspaceId: string, dialect: string, settings: Partial<NewToken> = {}) {
  const prefix = tokenKinds.find((kind) => kind.name === dialect)?.tokenPrefix ?? '';
  const { secret } = await parts.database.tx(workspaceId, (tx) =>
    createToken(tx, { dialect, prefix, name: 'A further token', ...settings }),
  );
  return secret;
}

/**
 * Asks our own API as the holder of a token; a body that is no text is sent as JSON. Every answer is held against the
 * published document.
 */
export function client({ app }: Pick<World, 'app'>, token: string | undefined) {
  const hold = holdToDocument(app);
  return async (
    method: NonNullable<InjectOptions['method']>,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const reply = await app.inject({
      method,
      url: `/v1${path}`,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
      }),
    });
    const text = reply.body;
    const [plainPath = ''] = path.split('?');
    const amiss = await hold({ method, path: `/v1${plainPath}`, status: reply.statusCode, text });
    if (amiss) throw new Error(amiss);
    return { status: reply.statusCode, headers: reply.headers, text, body: text === '' ? undefined : JSON.parse(text) };
  };
}

/** What a refusal says is wrong: `phone bad_phone`. */
export function fieldsAtFault(reply: Pick<Reply, 'body'>): string[] {
  return reply.body.errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`);
}
