import { afterEach } from 'vitest';
import { joinAccount } from '../src/workspaces/access/account-store.ts';
import { hashPassword } from '../src/workspaces/access/passwords.ts';
import type { World } from './world.ts';

/** The password of all people in the tests who have one. */
export const PASSWORD = 'correct horse battery';
let hash: Promise<string> | undefined;

/** Sets a password for the person behind a member. Returns their sign-in name. */
export async function withPassword(world: Pick<World, 'query'>, memberId: string): Promise<string> {
  hash ??= hashPassword(PASSWORD);
  const [member] = await world.query<{ email: string }>(
    'UPDATE users SET password_hash = $2 FROM members m WHERE m.id = $1 AND users.id = m.user_id RETURNING m.email',
    [memberId, await hash],
  );
  return member?.email ?? '';
}

/**
 * A clock that only the test moves, starting on a fixed day. It moves on by two hours after each test, so that the
 * guesses and codes of one test no longer count in the next.
 */
export function steppingClock(world: Pick<World, 'setClock'>): (minutes: number) => void {
  const start = Date.parse('2026-03-02T09:00:00Z');
  let passed = 0;
  const later = (minutes: number) => {
    passed += minutes;
    world.setClock(new Date(start + passed * 60_000));
  };
  later(0);
  afterEach(() => later(120));
  return later;
}

/** Sends requests with cookies as a browser would from a page of the server itself. */
export function newBrowser({ app }: Pick<World, 'app'>, headers: Record<string, string> = {}) {
  const cookies = new Map<string, string>();
  const ask = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await app.inject({
      method,
      url: `/v1${path}`,
      headers: { 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }), ...headers },
      ...(payload && { payload }),
    });
    for (const { name, value, maxAge } of reply.cookies)
      if (maxAge === 0) cookies.delete(name);
      else cookies.set(name, value);
    const body = reply.body === '' ? undefined : reply.json();
    return { status: reply.statusCode, headers: reply.headers, body };
  };
  return {
    ask,
    cookies,
    signIn: (login: string, password = PASSWORD, more = {}) => ask('POST', '/session', { login, password, ...more }),
  };
}

/** Lets the person behind a member join another, new workspace with their account, without the usual proof. */
export async function joinElsewhere(world: World, memberId: string, name: string) {
  const other = await world.anotherHome(name);
  const id = await world.member({ workspaceId: other.workspaceId, invited: true });
  const [account] = await world.query<{ id: string }>('SELECT user_id AS id FROM members WHERE id = $1', [memberId]);
  await world.database.tx(other.workspaceId, (tx) => joinAccount(tx, account?.id ?? '', id));
  await world.parts.changed(other.workspaceId);
  return { ...other, memberId: id };
}
