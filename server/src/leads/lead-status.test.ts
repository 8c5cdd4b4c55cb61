import { describe, expect, test } from 'vitest';
import { openStatusDoors, type Target } from '../../test/lead-doors.ts';
import { client, testWorld } from '../../test/world.ts';
import { readMigrations } from '../platform/database/migrate.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const { crmcom, ...doors } = await openStatusDoors(world);
const names = Object.keys(doors) as (keyof typeof doors)[];
const idOf = async (path: string, name: string) =>
  (await ask('GET', path)).body.data.find((item: { name: string }) => item.name === name).id;
const price = await idOf('/reference/lost_reason', 'Price');
const contacted = await idOf('/statuses', 'Contacted');
let phones = 7_700_900_500;

async function newLead(): Promise<Target> {
  const phone = `+44${phones++}`;
  const { id, number } = (await ask('POST', '/leads', { name: 'Ann', phone })).body;
  return { id, number, phone };
}
async function lostLead(): Promise<Target> {
  const lead = await newLead();
  await ask('PATCH', `/leads/${lead.id}`, { status: 'Lost', lost_reason: 'Price' });
  return lead;
}
const read = async ({ id }: Target) => (await ask('GET', `/leads/${id}`)).body;
const lines = async ({ id }: Target) => (await ask('GET', `/leads/${id}/activities`)).body.data;
const reasonChanges = async (lead: Target) =>
  (await lines(lead))
    .flatMap(({ detail }: { detail: { changes?: { field: string }[] } }) => detail.changes ?? [])
    .filter(({ field }: { field: string }) => field === 'lost_reason_id');

describe.each(names.filter((name) => name !== 'undo'))('a lost lead that is reopened: %s', (name) => {
  test('loses its lost reason, once, in the activity that records its new status', async () => {
    const lead = await lostLead();
    expect((await doors[name](lead, { status: 'Contacted' })).status).toBeLessThan(300);
    expect(await read(lead)).toMatchObject({ status: 'Contacted', lost_reason: null });
    expect(await reasonChanges(lead)).toEqual([
      { field: 'lost_reason_id', from: price, to: null },
      { field: 'lost_reason_id', from: null, to: price },
    ]);
    const told = (await lines(lead)).find(({ kind }: { kind: string }) => kind !== 'call_ended');
    expect(told).toMatchObject({
      kind: name === 'arrival' ? 'lead_merged' : 'status_changed',
      detail: { changes: expect.arrayContaining([expect.objectContaining({ field: 'status_id', to: contacted })]) },
    });
    expect(told.detail.changes.map(({ field }: { field: string }) => field)).toContain('lost_reason_id');
  });

  test('needs a reason to be lost again', async () => {
    const lead = await lostLead();
    await doors[name](lead, { status: 'Contacted' });
    for (const again of ['patch', 'board', 'call'] as const)
      expect((await doors[again](lead, { status: 'Lost' })).status).toBe(422);
    await doors.bulk(lead, { status: 'Lost' });
    expect((await read(lead)).status).toBe('Contacted');
    await doors[name === 'removal' ? 'patch' : name](lead, { status: 'Lost', lost_reason: 'Price' });
    expect((await read(lead)).status).toBe('Lost');
  });
});

test('undoing a bulk change that reopened a lost lead restores its lost reason', async () => {
  const lead = await newLead();
  await doors.undo(lead, { status: 'Lost', lost_reason: 'Price' });
  expect(await read(lead)).toMatchObject({ status: 'Lost', lost_reason: 'Price' });
  expect(await reasonChanges(lead)).toHaveLength(3);
});

test('crm.com marks a lead as lost with a reason, and cannot change it afterwards', async () => {
  const lead = await newLead();
  await crmcom(lead, { status: 'Lost', lost_reason: 'Price' });
  expect(await read(lead)).toMatchObject({ status: 'Lost', lost_reason: 'Price' });
  await crmcom(lead, { status: 'Contacted' });
  expect(await read(lead)).toMatchObject({ status: 'Lost', lost_reason: 'Price' });
});

test('a lost reason is ignored for a lead that is not lost', async () => {
  const born = (await ask('POST', '/leads', { name: 'Bo', phone: '+447700900499', lost_reason: 'Price' })).body;
  expect(born.lost_reason).toBeNull();
  const same = (await ask('PATCH', `/leads/${born.id}`, { lost_reason: 'Price' })).body;
  expect(same).toMatchObject({ lost_reason: null, version: 1 });
});

test('a lead moved from one lost status to another keeps its reason; one without a reason needs one', async () => {
  await ask('POST', '/statuses', { name: 'Gone', state: 'lost' });
  const lead = await lostLead();
  expect((await doors.patch(lead, { status: 'Gone' })).status).toBe(200);
  expect(await read(lead)).toMatchObject({ status: 'Gone', lost_reason: 'Price' });
  const silent = await newLead();
  await doors.getlead(silent, { status: 'Lost' });
  expect((await doors.patch(silent, { status: 'Gone' })).status).toBe(422);
});

test('when a status no longer means lost, its leads lose their lost reasons', async () => {
  const { id: status } = (await ask('POST', '/statuses', { name: 'Later', state: 'lost' })).body;
  const leads = [await newLead(), await newLead()];
  for (const lead of leads) await doors.patch(lead, { status, lost_reason: 'Price' });
  await ask('PATCH', `/statuses/${status}`, { state: 'open' });
  await world.parts.jobs.runDue();
  for (const lead of leads) {
    expect(await read(lead)).toMatchObject({ status: 'Later', lost_reason: null, version: 3 });
    expect((await lines(lead))[0]).toMatchObject({
      kind: 'lead_updated',
      reason: 'The status Later no longer means lost.',
      detail: { changes: [{ field: 'lost_reason_id', from: price, to: null }] },
    });
  }
  const jobs = (await ask('GET', '/jobs')).body.data.filter(({ kind }: { kind: string }) => kind.startsWith('forget'));
  expect(jobs).toMatchObject([{ state: 'done', done: 2 }]);
});

test('reopened leads of older databases that still have a lost reason lose it, as their timelines say', async () => {
  const [stale, second, lost] = [await newLead(), await newLead(), await lostLead()];
  const numbers = [stale.number, second.number];
  await world.query('UPDATE leads SET lost_reason_id = $1 WHERE number = ANY ($2)', [price, numbers]);
  const migrations = await readMigrations();
  await world.query(migrations.find(({ name }) => name === 'lost_reasons')?.sql ?? '');
  expect(await read(lost)).toMatchObject({ lost_reason: 'Price', version: 2 });
  for (const lead of [stale, second]) {
    expect(await read(lead)).toMatchObject({ status: 'New', lost_reason: null, version: 2 });
    expect((await lines(lead))[0]).toMatchObject({
      kind: 'lead_updated',
      actor: 'system',
      detail: { changes: [{ field: 'lost_reason_id', from: price, to: null }] },
    });
  }
  const events = `SELECT DISTINCT id FROM events WHERE type = 'lead.updated' AND lead_version = 2
    AND lead_id IN (SELECT id FROM leads WHERE number = ANY ($1))`;
  expect(await world.query(events, [numbers])).toHaveLength(2);
});
