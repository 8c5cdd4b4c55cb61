import type { client, World } from '../world.ts';
import { allows, type Line, type Role, roles, type Scope, scopes, type Who } from './table.ts';

type As = Parameters<typeof client>[1];

/** Somebody who sends requests to `/v1`, with the role or scopes to look up in the table. */
export interface Sender {
  name: string;
  who: Who;
  memberId?: string;
  /** Returns a credential; a new session each time, because some requests end it. */
  as(): Promise<As>;
}

/** Senders who may do nothing in `/v1`, whatever the table says. */
export async function strangers(world: World): Promise<Sender[]> {
  const revoked = await world.token('native', { scopes: [] });
  const expired = await world.token('native', { expires_at: new Date('2026-01-01T00:00:00Z') });
  await world.query("UPDATE tokens SET revoked_at = now() WHERE hash = sha256(convert_to($1, 'UTF8'))", [revoked]);
  const gone = await world.member({ role: 'owner' });
  const session = await world.signIn(gone);
  await world.query('UPDATE members SET active = false WHERE id = $1', [gone]);
  await world.parts.changed(world.workspaceId);
  const stranger = (name: string, as: As): Sender => ({ name, who: undefined, as: async () => as });
  return [
    stranger('nobody', undefined),
    stranger('an unknown token', `lw_${'0'.repeat(64)}`),
    stranger('an unknown session', { cookie: `leadwell=${'x'.repeat(43)}` }),
    stranger('a revoked token', revoked),
    stranger('an expired token', expired),
    stranger('a deactivated owner', { cookie: session }),
    ...[...world.tokens].flatMap(([dialect, token]) =>
      dialect === 'native' ? [] : [stranger(`a token of ${dialect}`, token)],
    ),
  ];
}

/** A token for each scope, and one without scopes. */
export async function tokenSenders(world: World): Promise<Sender[]> {
  const each = async (granted: readonly Scope[]): Promise<Sender> => {
    const token = await world.token('native', { scopes: granted });
    return {
      name: `a token with the scope ${granted[0] ?? 'of everything'}`,
      who: { scopes: granted },
      as: async () => token,
    };
  };
  return Promise.all([each([]), ...scopes.map((scope) => each([scope]))]);
}

/** A member of each role. Roles whose visibility can be limited also have a member who sees only their own leads. */
export async function memberSenders(world: World): Promise<Sender[]> {
  const each = async (role: Role, visibility: 'own' | 'all'): Promise<Sender> => {
    const id = await world.member({ role, visibility });
    const name = visibility === 'all' ? role : `${role} who sees only their own leads`;
    return { name, who: { role }, memberId: id, as: async () => ({ cookie: await world.signIn(id) }) };
  };
  const narrow = (['viewer', 'agent', 'manager'] as const).map((role) => each(role, 'own'));
  return Promise.all([...roles.map((role) => each(role, 'all')), ...narrow]);
}

/** The lines that somebody may use, or those that they may not. */
export const linesFor = (lines: readonly Line[], who: Who, allowed: boolean) =>
  lines.filter((line) => allows(line, who) === allowed);
