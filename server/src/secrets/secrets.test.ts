import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { aWorkspace } from '../../test/test-intake.ts';
import { openDatabase } from '../platform/database/database.ts';
import { uuidv7 } from '../platform/ids.ts';
import { forgetLost } from './forget-lost.ts';
import { readSecretKeys } from './key-file.ts';
import { type Encrypted, openKeyring } from './keyring.ts';
import { prepareSecrets } from './prepare-secrets.ts';

const { connections, db, query } = await testDatabase();
const owner = await openDatabase(connections.owner, { size: 2, asOwner: true });
const folder = await mkdtemp(join(tmpdir(), 'lw-keys-'));
afterAll(async () => {
  await owner.close();
  await rm(folder, { recursive: true });
});
const workspaceId = await aWorkspace(db, query);
const [hook, account] = [uuidv7(), uuidv7()];
const [old, next] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const secret = Buffer.alloc(32, 's');
const totp = 'JBSWY3DPEHPK3PXP';
const now = new Date('2026-03-02T09:00:00Z');

/** Prepares the secrets of a server that has these keys and, if given, its own data folder. */
function start(secretKeys: readonly Buffer[], dataDir = join(folder, 'none')) {
  const made: string[] = [];
  return prepareSecrets(owner, { secretKeys, dataDir }, { now, onMade: (file) => made.push(file) }).then((keyring) => ({
    ...keyring,
    made,
  }));
}

/** Stores secrets in plain text, as earlier versions did. */
beforeEach(async () => {
  for (const table of ['webhooks', 'mail_keys', 'encryption_keys']) await query(`DELETE FROM ${table}`);
  await query(
    `INSERT INTO webhooks (workspace_id, id, url, plain_secret, plain_old_secret, created_by, created_at)
     VALUES ($1, $2, 'https://example.com/', $3, $3, 'cli', now())`,
    [workspaceId, hook, secret],
  );
  await query('INSERT INTO mail_keys (workspace_id, plain_key) VALUES ($1, $2)', [workspaceId, secret]);
  await query(
    `INSERT INTO users (id, plain_totp_secret, totp_confirmed_at) VALUES ($1, $2, now())
     ON CONFLICT (id) DO UPDATE SET plain_totp_secret = $2, totp_secret = NULL`,
    [account, totp],
  );
});

interface Stored {
  text: string;
  hook: Encrypted;
  before: Encrypted | null;
  account: Encrypted | null;
  mail: Encrypted | null;
}

async function stored(): Promise<Stored> {
  const [row] = await query<Stored>(
    `SELECT w.secret AS hook, w.old_secret AS before, u.totp_secret AS account, k.key AS mail,
       row_to_json(w)::text || row_to_json(u)::text || coalesce(row_to_json(k)::text, '') AS text
     FROM webhooks w CROSS JOIN users u LEFT JOIN mail_keys k USING (workspace_id) WHERE u.id = $1`,
    [account],
  );
  if (!row) throw new Error('Nothing is stored.');
  return row;
}

test('what was stored in plain text is encrypted at the next start, and only its key can decrypt it', async () => {
  const keyring = await start([old]);
  const { text, ...one } = await stored();
  expect([text.includes(secret.toString('hex')), text.includes(totp)]).toEqual([false, false]);
  for (const kept of [one.hook, one.before])
    expect(keyring.decrypt(kept as Encrypted, `webhook ${hook}`)).toEqual(secret);
  expect(keyring.decrypt(one.account as Encrypted, `account ${account}`).toString()).toBe(totp);
  expect(keyring.decrypt(one.mail as Encrypted, `mail key ${workspaceId}`)).toEqual(secret);
  expect(() => openKeyring([next]).decrypt(one.hook, `webhook ${hook}`)).toThrow(/which this server lacks/);
  // A secret that was changed, or copied to another row, cannot be decrypted.
  expect(() => keyring.decrypt(one.hook, `webhook ${account}`)).toThrow(/authenticate/);
  for (const at of [0, 9, 21, one.hook.length - 1]) {
    const changed = Buffer.from(one.hook) as Encrypted;
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => keyring.decrypt(changed, `webhook ${hook}`)).toThrow(/authenticate/);
  }
});

test('keys are replaced without loss: a new one is added, then put first, then the old one is removed', async () => {
  await start([old]);
  const before = await stored();
  await start([old, next]);
  expect(await stored()).toEqual(before);
  await expect(start([next])).rejects.toThrow(/encrypted with the key [0-9a-f]{16}, which is neither in SECRET_KEY/);
  await start([next, old]);
  await expect(start([old])).rejects.toThrow(/neither in SECRET_KEY/);
  const keyring = await start([next]);
  const after = await stored();
  expect(keyring.decrypt(after.hook, `webhook ${hook}`)).toEqual(secret);
  expect(keyring.decrypt(after.account as Encrypted, `account ${account}`).toString()).toBe(totp);
});

test('the first start writes a private key file; no server starts without it, encrypted data or not', async () => {
  await query('DELETE FROM webhooks');
  await query('DELETE FROM mail_keys');
  await query('UPDATE users SET plain_totp_secret = NULL');
  const [one, other] = [join(folder, 'one'), join(folder, 'other')];
  const { made } = await start([], one);
  expect(made).toEqual([join(one, 'secret.key')]);
  expect((await stat(join(one, 'secret.key'))).mode & 0o777).toBe(0o600);
  expect((await start([], one)).made).toEqual([]);
  await expect(start([], other)).rejects.toThrow(/secret\.key of the server that used this database before/);
  await expect(start([next])).rejects.toThrow(/neither in SECRET_KEY/);
  await expect(stat(join(other, 'secret.key'))).rejects.toThrow(/ENOENT/);
  // Once the key has been moved to the environment, the file is no longer needed.
  await start([next], one);
  await start([next], other);
  await writeFile(join(one, 'secret.key'), 'not a key\n');
  await expect(start([next], one)).rejects.toThrow(/must hold keys of 32 bytes/);
});

test('of servers that start at once on a new database, only those with the same key succeed', async () => {
  await query('DELETE FROM webhooks');
  const starts = ['a', 'b', 'c'].map((name) => start([], join(folder, name)));
  const ended = await Promise.allSettled(starts);
  expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
});

test('after a key is lost the server can start again, with new secrets for webhooks, which are disabled', async () => {
  await start([old]);
  const lost = await forgetLost(owner, { secretKeys: [next], dataDir: folder }, now);
  expect(lost).toMatchObject({ webhooks: [{ id: hook }], accounts: 1 });
  const keyring = await start([next]);
  const after = await stored();
  expect(keyring.decrypt(after.hook, `webhook ${hook}`)).not.toEqual(secret);
  expect(after).toMatchObject({ before: null, account: null, mail: null });
  const [webhook] = await query('SELECT enabled, disabled_because FROM webhooks');
  expect(webhook).toEqual({ enabled: false, disabled_because: 'key_lost' });
  // The account still requires a code, so the person needs a recovery code.
  expect(await query('SELECT totp_confirmed_at IS NOT NULL AS two_step FROM users')).toEqual([{ two_step: true }]);
  expect(await forgetLost(owner, { secretKeys: [next], dataDir: folder }, now)).toEqual({ webhooks: [], accounts: 0 });
});

test('SECRET_KEY holds keys of 32 bytes in Base64 or hexadecimal; anything else is refused and not echoed', () => {
  const [plain, hex] = [next.toString('base64'), next.toString('hex')];
  expect(readSecretKeys('')).toEqual([]);
  for (const text of [plain, plain.slice(0, -1), hex]) expect(readSecretKeys(text)).toEqual([next]);
  expect(readSecretKeys(`${plain}, ${old.toString('hex')}`)).toEqual([next, old]);
  for (const text of ['password', 'QUJD', `${plain},x`, hex.slice(2), `${'a word '.repeat(7)}and one`]) {
    const sentence = readSecretKeys(text);
    expect(sentence).toMatch(/^SECRET_KEY must be 32 random bytes/);
    expect(sentence).not.toContain(text);
  }
});
