import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll } from 'vitest';
import { buildApp, type ConnectionTimes } from '../src/app.ts';
import type { MailSettings } from '../src/mail/queue-mail.ts';
import { openDatabase } from '../src/platform/database/database.ts';
import type { EgressOptions } from '../src/platform/egress/egress.ts';
import { restartIds, uuidv7 } from '../src/platform/ids.ts';
import type { DiskReserve } from '../src/platform/postgres/disk-reserve.ts';
import type { Tombstones } from '../src/privacy/tombstones.ts';
import { openKeyring } from '../src/secrets/keyring.ts';
import { openServerContext, type ServerContext } from '../src/server-context.ts';
import { tokenKinds } from '../src/token-kinds.ts';
import { openAccount } from '../src/workspaces/access/account-store.ts';
import type { PolicyName } from '../src/workspaces/access/policies.ts';
import { createSession } from '../src/workspaces/access/session-store.ts';
import { type Figures, usualFigures } from '../src/workspaces/limits/catalogue.ts';
import { addMember } from '../src/workspaces/members/member-store.ts';
import type { Role, VisibilityLevel } from '../src/workspaces/reference-data.ts';
import { createToken, type NewToken } from '../src/workspaces/tokens/token-store.ts';
import { createWorkspace, fillWorkspace } from '../src/workspaces/workspace-store.ts';
import { checkAgainstDocument } from './check-against-document.ts';
import { type TestDatabase, testDatabase } from './database.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A complete server with its own database, and workspaces as tests need them. */
export interface World extends Home {
  app: FastifyInstance;
  /** Every route of the server, and the policy that says who may use it. */
  routes: { method: Method; url: string; policy: PolicyName | undefined }[];
  parts: ServerContext;
  database: ServerContext['database'];
  query: TestDatabase['query'];
  connections: TestDatabase['connections'];
  /** Stops the server's clock at the given time; undefined lets it run again. */
  setClock(at: Date | undefined): void;
  /** Another workspace with the same setup. */
  anotherHome(name: string): Promise<Home>;
  /** Creates another token in the first workspace. */
  token(dialect: string, settings?: Partial<NewToken>): Promise<string>;
  /** Creates another member in the first workspace and returns the id. Unless `invited`, the member has joined. */
  member(as?: {
    name?: string;
    role?: Role;
    visibility?: VisibilityLevel;
    workspaceId?: string;
    invited?: boolean;
  }): Promise<string>;
  /** Signs a member in to the web app. Returns the cookie, for `client(world, { cookie })`. */
  signIn(memberId: string, workspaceId?: string): Promise<string>;
  /** Has this done before the server closes, such as closing its clients. */
  beforeClose(work: () => Promise<void>): void;
  close(): Promise<void>;
}

/** A workspace with its owner and a token for each dialect. */
export interface Home {
  workspaceId: string;
  ownerId: string;
  /** Secrets by dialect, including `native`. */
  tokens: ReadonlyMap<string, string>;
}

/** A reply of our own API, its body parsed as JSON. */
export interface Reply {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  body: any;
  text: string;
}

const logTo = (write: (line: string) => void) => ({ error: write, warn: write, info: write });
/** The key with which every server in the tests encrypts. */
export const testKeyring = openKeyring([Buffer.alloc(32, 7)]);

const silent = { error: () => {}, warn: () => {}, info: () => {} };

/** Limits and times that differ from a server's defaults. */
interface WorldSettings {
  limits?: Partial<Figures>;
  /** Called with every line that the server logs, at any level; without it, the server logs nothing. */
  onLog?: (line: string) => void;
  disk?: DiskReserve;
  times?: ConnectionTimes;
  /** Which other servers it may send requests to. */
  egress?: EgressOptions;
  /** Where finished erasures are recorded; nowhere by default. */
  tombstones?: Tombstones;
  mail?: MailSettings;
  webhookRetrySeconds?: readonly number[];
}

/** Builds a server for one test file; closed after the file's last test. */
export async function testWorld(settings: WorldSettings = {}): Promise<World> {
  restartIds();
  const { connections, query } = await testDatabase();
  let now: Date | undefined;
  const clock = () => now ?? new Date();
  const parts = await openServerContext({
    app: connections.app,
    contentWindowSeconds: 86_400,
    keyring: testKeyring,
    limits: { ...usualFigures, ...settings.limits },
    log: settings.onLog ? logTo(settings.onLog) : silent,
    disk: settings.disk,
    clock,
    ...(settings.egress && { egress: settings.egress }),
    ...(settings.tombstones && { tombstones: settings.tombstones }),
    ...(settings.mail && { mail: settings.mail }),
    ...(settings.webhookRetrySeconds && { webhookRetrySeconds: settings.webhookRetrySeconds }),
  });
  const routes: World['routes'] = [];
  const app = await buildApp({
    onRoute: ({ method, url, config }) => {
      for (const one of [method].flat()) routes.push({ method: one as Method, url, policy: config?.policy });
    },
    config: {
      http: { host: '127.0.0.1', port: 0, publicUrl: null, trustProxy: false },
      logLevel: settings.onLog ? 'debug' : 'silent',
    },
    parts,
    ...(settings.onLog && { logStream: { write: settings.onLog } }),
    ...(settings.times && { times: settings.times }),
  });
  await app.ready();
  const makeHome = (name: string) => newHome(connections, name);
  const home = await makeHome('default');
  const first: (() => Promise<void>)[] = [];
  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    for (const work of first) await work();
    await app.close();
    await parts.close();
  };
  const close = () => {
    closing ??= closeAll();
    return closing;
  };
  afterAll(close);
  return {
    ...home,
    app,
    routes,
    parts,
    database: parts.database,
    query,
    connections,
    setClock: (at) => {
      now = at;
    },
    anotherHome: makeHome,
    token: (dialect, settings) => newToken(parts, home.workspaceId, dialect, settings),
    member: (as) => newMember(parts, { workspaceId: home.workspaceId, ...as }),
    signIn: (memberId, workspaceId = home.workspaceId) => signIn(parts, workspaceId, memberId),
    beforeClose: (work) => first.push(work),
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
      // Most tests make calls, and may run at any time of day.
      await tx.query("UPDATE workspaces SET calling_hours = 'any' WHERE id = $1", [workspaceId]);
      const ownerId = await addMember(tx, {
        name: 'Olive Owner',
        email: `owner@${name}.example`,
        username: `owner-${name}`,
        role: 'owner',
        password_hash: null,
      });
      await openAccount(tx, ownerId ?? '', null);
      const tokens = new Map<string, string>();
      for (const { name: dialect, tokenPrefix: prefix } of tokenKinds) {
        // Many tests send custom fields.
        const token = { dialect, prefix, name: `${dialect} of ${name}`, may_extend: true };
        tokens.set(dialect, (await createToken(tx, token)).secret);
      }
      return { workspaceId, ownerId: ownerId ?? '', tokens };
    });
  } finally {
    await owner.close();
  }
}

async function newMember(
  parts: ServerContext,
  as: { name?: string; role?: Role; visibility?: VisibilityLevel; workspaceId: string; invited?: boolean },
): Promise<string> {
  const { name = 'Annie Agent', role = 'agent', visibility = 'all', workspaceId, invited = false } = as;
  const unique = `m-${uuidv7()}`;
  const id = await parts.database.tx(workspaceId, async (tx) => {
    const made = await addMember(tx, {
      name,
      email: `${unique}@example.com`,
      username: unique,
      role,
      password_hash: null,
    });
    if (made && !invited) await openAccount(tx, made, null);
    await tx.query('UPDATE members SET sees = $3 WHERE workspace_id = $1 AND id = $2', [workspaceId, made, visibility]);
    return made;
  });
  await parts.changed(workspaceId);
  return id ?? '';
}

async function signIn(parts: ServerContext, workspaceId: string, memberId: string): Promise<string> {
  const { secret } = await parts.database.tx(workspaceId, (tx) =>
    createSession(tx, {
      kind: 'web',
      dialect: null,
      member_id: memberId,
      token_id: null,
      expires_at: new Date(parts.clock().getTime() + 86_400_000),
    }),
  );
  return `leadwell=${secret}`;
}

async function newToken(parts: ServerContext, workspaceId: string, dialect: string, settings: Partial<NewToken> = {}) {
  const prefix = tokenKinds.find((kind) => kind.name === dialect)?.tokenPrefix ?? '';
  const { secret } = await parts.database.tx(workspaceId, (tx) =>
    createToken(tx, { dialect, prefix, name: 'A further token', may_extend: true, ...settings }),
  );
  return secret;
}

/**
 * A client of our own API with a token or a member's cookie; a body that is not text is sent as JSON. Every reply is
 * checked against the published document.
 */
export function client({ app }: Pick<World, 'app'>, as: string | { cookie: string } | undefined) {
  const hold = checkAgainstDocument(app);
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
        ...(typeof as === 'string' && { authorization: `Bearer ${as}` }),
        ...(typeof as === 'object' && { cookie: as.cookie, 'sec-fetch-site': 'same-origin' }),
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

/** The fields and codes of a validation error: `phone bad_phone`. */
export function fieldsAtFault(reply: Pick<Reply, 'body'>): string[] {
  return reply.body.errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`);
}
