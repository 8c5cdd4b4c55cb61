import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { migrate, migrationsFolder } from '../src/platform/database/migrate.ts';
import { uuidv7 } from '../src/platform/ids.ts';
import { testDatabase } from './database.ts';

const { connections, query } = await testDatabase({ empty: true });
const folder = await mkdtemp(join(tmpdir(), 'leadwell-migrations-'));
afterAll(() => rm(folder, { recursive: true }));

const copy = async (wanted: (name: string) => boolean) => {
  for (const name of (await readdir(migrationsFolder())).filter(wanted))
    await copyFile(join(migrationsFolder(), name), join(folder, name));
};
const person = async (email: string, hash: string | null) => {
  const id = uuidv7();
  await query(
    `INSERT INTO users (id, email, folded_email, username, folded_username, name, password_hash)
     VALUES ($1, $2, $2, $2, $2, $2, $3)`,
    [id, email, hash],
  );
  return id;
};
const member = async (workspaceId: string, userId: string, { invited = false, accepted = false } = {}) => {
  const id = uuidv7();
  await query("INSERT INTO members (workspace_id, id, user_id, role) VALUES ($1, $2, $3, 'agent')", [
    workspaceId,
    id,
    userId,
  ]);
  const log = (actor: string, action: string, detail: object) =>
    query('INSERT INTO audit_log (workspace_id, id, actor, action, detail) VALUES ($1, $2, $3, $4, $5)', [
      ...[workspaceId, uuidv7(), actor, action],
      detail,
    ]);
  await log('member:x', 'member_added', { member_id: id, invited });
  if (accepted) await log(`member:${id}`, 'invitation_taken', { member_id: id });
  await query(
    `INSERT INTO sessions (workspace_id, id, kind, hash, member_id, expires_at)
     VALUES ($1, $2, 'web', sha256($3::text::bytea), $4, now() + interval '1 day')`,
    [workspaceId, uuidv7(), id, id],
  );
  return id;
};

test('accounts that an address alone had joined come apart, those that were accepted stay together', async () => {
  await copy((name) => name < '0013');
  await migrate(connections.owner, { folder });
  const [alpha, beta] = [uuidv7(), uuidv7()];
  for (const id of [alpha, beta])
    await query('INSERT INTO workspaces (id, name, folded_name) VALUES ($1::uuid, $1::text, $1::text)', [id]);
  const taken = await person('taken@example.com', 'chosen by the link of beta');
  const invitedFirst = await member(alpha, taken, { invited: true });
  const tookOver = await member(beta, taken, { invited: true, accepted: true });
  const planted = await person('planted@example.com', 'known to beta');
  const maker = await member(beta, planted);
  const addedLater = await member(alpha, planted, { invited: true });
  const both = await person('both@example.com', 'their own');
  const [one, two] = [await member(alpha, both), await member(beta, both, { invited: true, accepted: true })];
  const alone = await member(alpha, await person('alone@example.com', 'a hash'));
  const pending = await member(alpha, await person('pending@example.com', null), { invited: true });

  await copy(() => true);
  await migrate(connections.owner, { folder });
  const rows = await query<{ id: string; email: string; state: string; open: boolean }>(
    `SELECT m.id, m.email, CASE WHEN u.id IS NULL THEN 'invited' WHEN u.managed_by IS NULL THEN 'own' ELSE 'managed' END AS state,
       EXISTS (SELECT 1 FROM sessions s WHERE s.member_id = m.id AND s.ended_at IS NULL) AS open
     FROM members m LEFT JOIN users u ON u.id = m.user_id`,
  );
  const stateOf = (id: string) => {
    const row = rows.find((one) => one.id === id);
    return `${row?.email} ${row?.state}${row?.open ? ', signed in' : ''}`;
  };
  expect([invitedFirst, tookOver, maker, addedLater, one, two, alone].map(stateOf)).toEqual([
    'taken@example.com invited',
    'taken@example.com managed, signed in',
    'planted@example.com managed, signed in',
    'planted@example.com invited',
    'both@example.com own, signed in',
    'both@example.com own, signed in',
    'alone@example.com managed, signed in',
  ]);
  expect(stateOf(pending)).toContain('pending@example.com invited');
  expect(await query('SELECT 1 FROM users')).toHaveLength(4);
});
