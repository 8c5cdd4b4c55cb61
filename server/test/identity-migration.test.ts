import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Value from 'typebox/value';
import { afterAll, expect, test } from 'vitest';
import { catalogue, type EventType } from '../src/events/catalogue.ts';
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

test('accounts that only an address had joined are separated, and events no longer hold whole leads', async () => {
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
  const leadId = await announceWholeLead(alpha);

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
  await expectThinEvents(leadId);
});

/** Adds events as the first versions announced them, with everything about a person. */
async function announceWholeLead(workspaceId: string): Promise<string> {
  const leadId = uuidv7();
  const announce = (type: string, payload: object) =>
    query(
      'INSERT INTO events (workspace_id, id, type, lead_id, payload, created_at) VALUES ($1, $2, $3, $4, $5, now())',
      [...[workspaceId, uuidv7(), type, leadId], payload],
    );
  const lead = {
    id: 'lead_x',
    name: 'Ann\0\ud800\\u0000',
    phone: '+447700900555',
    status: 'New',
    status_id: uuidv7(),
    source: 'Fair',
  };
  await announce('lead.created', { lead: { ...lead, source_id: uuidv7() }, submission_id: uuidv7() });
  await announce('lead.updated', { lead, changed: ['status_id', 'name'] });
  await announce('lead.enquired_again', { lead, submission_id: uuidv7() });
  await announce('lead.deleted', { lead });
  await announce('note.added', { lead_id: 'lead_x', id: 'note_x', text: 'Ann called' });
  await announce('call.ended', { call: { phone: '+447700900555' } });
  return leadId;
}

async function expectThinEvents(leadId: string): Promise<void> {
  const events = await query<{ type: EventType; payload: unknown; transaction_id: string }>(
    'SELECT type, payload, transaction_id::text FROM events WHERE lead_id = $1 ORDER BY id',
    [leadId],
  );
  const types = ['lead.created', 'lead.updated', 'lead.enquired_again', 'lead.deleted'];
  expect(events.map(({ type }) => type)).toEqual(types);
  expect(events.filter(({ type, payload }) => !Value.Check(catalogue[type].data, payload))).toEqual([]);
  expect(events[0]?.payload).toMatchObject({ status: { name: 'New' }, source: { name: 'Fair' } });
  expect(events[1]?.payload).toMatchObject({ changed: ['status', 'name'] });
  expect(new Set(events.map(({ transaction_id }) => transaction_id)).size).toBe(1);
}
