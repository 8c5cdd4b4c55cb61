import { beforeAll, expect, test } from 'vitest';
import { client, testWorld, type World } from '../../../test/world.ts';
import { checkCredentials } from '../../workspaces/access/identify.ts';
import { announceChange } from '../../workspaces/change-store.ts';
import { revokeToken } from '../../workspaces/tokens/token-store.ts';

let world: World;
let api: ReturnType<typeof client>;

beforeAll(async () => {
  world = await testWorld();
  api = client(world, { cookie: await world.signIn(world.ownerId) });
});

const make = async (more: object = {}) =>
  (await api('POST', '/tokens', { dialect: 'native', name: 'Site', ...more })).body;
const works = async (secret: string) => (await client(world, secret)('GET', '/leads')).status;

test('changing a token affects only the fields that are sent', async () => {
  const { id } = await make({ policy: 'merge' });
  const changed = await api('PATCH', `/tokens/${id}`, { name: 'Shop', region: 'IN', test_mode: true });
  expect(changed.body).toMatchObject({ name: 'Shop', region: 'IN', test_mode: true, policy: 'merge' });
  expect((await api('PATCH', `/tokens/${id}`, { region: null })).body.region).toBe(null);
  expect((await api('PATCH', `/tokens/${id}`, { region: 'XX' })).status).toBe(422);
  expect((await api('PATCH', `/tokens/${id}`, { hash: 'x' })).status).toBe(422);
});

test('a rotated token works alongside the new one until the overlap ends', async () => {
  const old = await make();
  const { status, body } = await api('POST', `/tokens/${old.id}/rotate`, { overlap_seconds: 3600 });
  expect([status, body.name]).toEqual([201, 'Site']);
  expect([await works(old.token), await works(body.token)]).toEqual([200, 200]);
  await world.query("UPDATE tokens SET expires_at = now() - interval '1 second' WHERE id = $1", [old.id]);
  await world.parts.changed(world.workspaceId);
  expect([await works(old.token), await works(body.token)]).toEqual([401, 200]);
});

test('without an overlap the old secret ends at once, and an ended token cannot be rotated', async () => {
  const old = await make();
  const { body } = await api('POST', `/tokens/${old.id}/rotate`, { overlap_seconds: 0 });
  expect([await works(old.token), await works(body.token)]).toEqual([401, 200]);
  const again = await api('POST', `/tokens/${old.id}/rotate`, { overlap_seconds: 0 });
  expect([again.status, again.body.type]).toEqual([409, '/problems/token_ended']);
});

test('a token whose revocation was not announced works for half a minute at most', async () => {
  const { id, token } = await make();
  const { database, referenceCache } = world.parts;
  let now = Date.now();
  // This checker is never notified of changes.
  const checker = checkCredentials(
    database,
    referenceCache,
    () => undefined,
    () => now,
  );
  const refusal = async () => (await checker.identify(token, 'native')).refused;
  expect(await refusal()).toBeUndefined();
  await database.tx(world.workspaceId, (tx) => revokeToken(tx, id));
  now += 31_000;
  expect(await refusal()).toEqual({ kind: 'unauthenticated', reason: 'revoked' });
});

test('a change is known to its own server as soon as it is committed, not only once the database notifies it', async () => {
  const { database, referenceCache } = world.parts;
  // Now and then the notification comes first.
  for (let round = 0; round < 20; round += 1) {
    await referenceCache.get(world.workspaceId);
    await database.tx(world.workspaceId, announceChange);
    expect(referenceCache.peek(world.workspaceId)).toBeUndefined();
  }
});

test('a token that is revoked while it is looked up is not remembered as valid', async () => {
  const { id, token } = await make();
  const { database, referenceCache } = world.parts;
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const slow: typeof database = {
    ...database,
    global: (work) => database.global(work).finally(() => gate),
  };
  const checker = checkCredentials(slow, referenceCache, () => undefined);
  const early = checker.identify(token, 'native');
  await expect.poll(async () => database.load().idle).toBeGreaterThan(0);
  await database.tx(world.workspaceId, (tx) => revokeToken(tx, id));
  checker.forget();
  open();
  await early;
  expect((await checker.identify(token, 'native')).refused).toEqual({ kind: 'unauthenticated', reason: 'revoked' });
});

test('the audit log says who created, changed, rotated and revoked a token, and holds no secret', async () => {
  const made = await make({ name: 'Audited' });
  await api('PATCH', `/tokens/${made.id}`, { name: 'Audited 2' });
  await api('POST', `/tokens/${made.id}/rotate`, { overlap_seconds: 60 });
  await api('DELETE', `/tokens/${made.id}`);
  const rows = await world.query<{ action: string; actor: string; detail: object }>(
    "SELECT action, actor, detail FROM audit_log WHERE detail->>'id' = $1 ORDER BY id",
    [made.id],
  );
  expect(rows.map(({ action }) => action)).toEqual(['token_made', 'token_changed', 'token_rotated', 'token_revoked']);
  expect(rows.every(({ actor }) => actor === `member:${world.ownerId}`)).toBe(true);
  expect(JSON.stringify(rows)).not.toContain(made.token);
});

test('a token shows who created it, and when and from where it was last used', async () => {
  const expires_at = new Date(Date.now() + 86_400_000).toISOString();
  const made = await make({ name: 'Seen', expires_at, scopes: ['read'] });
  expect(made).toMatchObject({ created_by: 'Olive Owner', last_used_at: null, last_used_address: null });
  const { statusCode } = await world.app.inject({
    url: '/v1/leads',
    headers: { authorization: `Bearer ${made.token}` },
    remoteAddress: '203.0.113.9',
  });
  expect(statusCode).toBe(200);
  const seen = async () => (await api('GET', '/tokens')).body.data.find(({ id }: { id: string }) => id === made.id);
  await expect.poll(seen, { timeout: 25_000 }).toMatchObject({
    last_used_address: '203.0.113.9',
    last_used_at: expect.any(String),
    scopes: ['read'],
  });
  const rotated = (await api('POST', `/tokens/${made.id}/rotate`, { overlap_seconds: 0 })).body;
  expect(rotated).toMatchObject({ created_by: 'Olive Owner', last_used_address: null, scopes: ['read'] });
});
