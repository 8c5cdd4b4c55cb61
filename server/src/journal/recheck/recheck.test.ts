import { expect, test } from 'vitest';
import { senders } from '../../../test/identity/senders.ts';
import { testWorld } from '../../../test/world.ts';
import type { RecheckContext } from './read-sent.ts';
import { findMisread, type Misread, repair, repairsOf, undoRepair } from './recheck.ts';

const world = await testWorld();
const { isp, getlead, dialler, newest, ask } = await senders(world);
const { database, referenceCache, readAgain } = world.parts;
const { workspaceId } = world;
const context: RecheckContext = {
  ...{ database, workspaceId, readAgain },
  referenceData: await referenceCache.get(workspaceId),
};
const misread = async () => {
  const found: Misread[] = [];
  for await (const one of findMisread(context)) found.push(one);
  return found;
};
const leadOf = async (id: string) => (await ask('GET', `/leads/${id}`)).body;

/** Stores the newest lead with its phone as an earlier version read it. */
async function storedAs(phone: string) {
  const lead = await newest();
  const row = [phone, lead.number];
  await world.query('UPDATE leads SET phone = $1 WHERE number = $2', row);
  await world.query(
    "DELETE FROM lead_keys k USING leads l WHERE k.lead_id = l.id AND l.number = $1 AND kind = 'phone'",
    [lead.number],
  );
  await world.query(
    `INSERT INTO lead_keys (workspace_id, kind, value, lead_id)
     SELECT workspace_id, 'phone', $1, id FROM leads WHERE number = $2 ON CONFLICT DO NOTHING`,
    row,
  );
  return lead;
}

await isp('07840 258823');
await isp('ask me');
await getlead({ countrycode: '357', mobileno: '99123456' });
const right = await newest();
await isp('7911123456.0');
const spreadsheet = await storedAs('+79111234560');
await isp('7911 1234567');
const tooLong = await storedAs('+79111234567');
await getlead({ countrycode: '91', mobileno: '00919876500001' });
const twice = await storedAs('+9100919876500001');
const keysOf = async ({ number }: { number: number }) =>
  (
    await world.query<{ value: string }>(
      "SELECT value FROM lead_keys k JOIN leads l ON l.id = k.lead_id WHERE l.number = $1 AND kind = 'phone'",
      [number],
    )
  ).map(({ value }) => value);

test('only leads whose phone would now be read differently are listed', async () => {
  expect((await misread()).map(({ lead, phones: [one] }) => [lead.number, one?.sent, one?.to])).toEqual([
    [spreadsheet.number, '7911123456.0', '+447911123456'],
    [tooLong.number, '7911 1234567', '7911 1234567'],
    [twice.number, '00919876500001', '+919876500001'],
  ]);
});

test('a repair sets the phone and its keys, says so on the timeline, and can be undone', async () => {
  for (const one of await misread()) expect(await repair(one, new Date(), context)).toBe(true);
  expect(await misread()).toEqual([]);
  expect((await leadOf(spreadsheet.id)).phone).toBe('+447911123456');
  expect(await keysOf(spreadsheet)).toEqual(['+447911123456']);
  expect(await keysOf(tooLong)).toEqual([]);
  expect(await keysOf(twice)).toEqual(['+919876500001']);
  expect((await leadOf(right.id)).version).toBe(right.version);
  const [line] = (await ask('GET', `/leads/${spreadsheet.id}/activities`)).body.data;
  expect(line).toMatchObject({ kind: 'lead_updated', reason: 'Read again from the text that was sent: 7911123456.0' });

  for (const one of await repairsOf(context, undefined)) expect(await undoRepair(one, new Date(), context)).toBe(true);
  expect((await leadOf(spreadsheet.id)).phone).toBe('+79111234560');
  expect(await repairsOf(context, undefined)).toEqual([]);
  expect(await misread()).toHaveLength(3);
});

test('a phone that was corrected in the meantime is left alone', async () => {
  const [one] = await misread();
  await ask('PATCH', `/leads/${spreadsheet.id}`, { phone: '07840258899' });
  expect(one && (await repair(one, new Date(), context))).toBe(false);
  expect((await leadOf(spreadsheet.id)).phone).toBe('+447840258899');
});

test('a second phone is read again too, unless somebody corrected it', async () => {
  const stored: { id: string; number: number }[] = [];
  for (const phone of ['+4478402588300', '+447840258888']) {
    await dialler(`0784025890${stored.length}`, { other_phone: '7840258830.0' });
    const lead = await newest();
    await world.query('UPDATE leads SET other_phone = $1 WHERE number = $2', [phone, lead.number]);
    stored.push(lead);
  }
  const [guessed] = stored;
  const found = (await misread()).filter(({ lead }) => stored.some(({ number }) => number === lead.number));
  expect(found.map(({ lead, phones }) => [lead.number, phones])).toEqual([
    [guessed?.number, [{ field: 'other_phone', from: '+4478402588300', to: '+447840258830', sent: '7840258830.0' }]],
  ]);
  const [one] = found;
  expect(one && (await repair(one, new Date(), context))).toBe(true);
  const id = guessed?.id ?? '';
  expect((await leadOf(id)).other_phone).toBe('+447840258830');
  for (const done of await repairsOf(context, undefined)) await undoRepair(done, new Date(), context);
  expect((await leadOf(id)).other_phone).toBe('+4478402588300');
});

test('people who were merged by a filler number are named but left unchanged', async () => {
  await isp('1234567890', { name: 'Ann Lee', email: 'ann@shop.example' });
  const ann = await newest();
  await isp('n/a', { name: 'Bob Ray', email: 'bob@shop.example' });
  await world.query(
    'UPDATE touches SET lead_id = a.id FROM leads a, leads b WHERE a.number = $1 AND b.number = $2 AND touches.lead_id = b.id',
    [ann.number, (await newest()).number],
  );
  await world.query('UPDATE leads SET touch_count = 2 WHERE number = $1', [ann.number]);
  const found = (await misread()).find(({ lead }) => lead.number === ann.number);
  expect(found?.people).toEqual(['Ann Lee, ann@shop.example (once)', 'Bob Ray, bob@shop.example (once)']);
  expect(found && (await repair(found, new Date(), context))).toBe(false);
});
