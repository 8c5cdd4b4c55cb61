import { expect, test } from 'vitest';
import { testWorld } from '../world.ts';
import { senders } from './senders.ts';

const world = await testWorld();
const { getlead, dialler, newest, ask } = await senders(world);
const lead = async (countrycode: string, mobileno: string) => {
  await getlead({ countrycode, mobileno });
  return newest();
};
const status = async (mobile_no: string, more = {}) =>
  JSON.parse((await getlead({ mobile_no, ...more }, 'get-lead-status')).text).data?.status_name;
const deal = (mobile: string, more = {}) => getlead({ mobile, status: 'Open', ...more }, 'gl-deal-creation-api');
const dealsOf = async ({ id }: { id: string }) => (await ask('GET', `/leads/${id}/deals`)).body.data.length;

test('a whole number of another country does not match the end of a longer number', async () => {
  const indian = await lead('91', '9899123460');
  expect((await deal('99123460')).text).not.toContain('success');
  expect(await dealsOf(indian)).toBe(0);
  expect(await status('99123460')).toBeUndefined();
  expect((await getlead({ mobile_no: '99123460', name: 'Ring' }, 'gl-task-creation-api')).text).toContain('success');
  expect((await ask('GET', `/leads/${indian.id}/tasks`)).body.data).toEqual([]);
});

test('a number without a country code finds the lead whose whole national number it is', async () => {
  const indian = await lead('91', '9899123461');
  expect((await deal('9899123461')).text).toContain('success');
  expect(await dealsOf(indian)).toBe(1);
  expect(await status('9899123461')).toBe('New');
  expect(await status('09899123461')).toBe('New');
});

test('if leads of several countries have that national number, the token’s region decides', async () => {
  const british = await lead('44', '7840261071');
  const other = await lead('7', '7840261071');
  expect(other.id).not.toBe(british.id);
  await deal('07840261071');
  expect([await dealsOf(british), await dealsOf(other)]).toEqual([1, 0]);
});

test('if leads of several countries have it but none is in the region, none is found', async () => {
  const cypriot = await lead('357', '99123470');
  const norwegian = await lead('47', '99123470');
  expect((await deal('99123470')).text).not.toContain('success');
  expect([await dealsOf(cypriot), await dealsOf(norwegian)]).toEqual([0, 0]);
  expect((await deal('99123470', { countrycode: '47' })).text).toContain('success');
  expect(await dealsOf(norwegian)).toBe(1);
});

test('a source number must match a whole number too', async () => {
  await getlead({ SourceNumber: '99123480', department: 'Sales' }, `gl-department-vise-agent-assign`);
  expect((await lead('91', '9899123480')).department).toBeNull();
  expect((await lead('357', '99123480')).department).toBe('Sales');
});

test('a partner’s cancellation finds the call by the whole number only', async () => {
  await dialler('+919899123490');
  expect((await dialler('+35799123490', {}, 'cancel')).text).toContain('not found');
  expect((await dialler('+919899123490', {}, 'cancel')).text).toBe('{"cancelled":true}');
});

test('a note is added to neither of two people who share a number, unless the email says which', async () => {
  const person = async (name: string, email: string) => {
    await getlead({ countrycode: '44', mobileno: '07840261091', name, email });
    return newest();
  };
  const mary = await person('Mary Jones', 'mary@shop.example');
  const peter = await person('Peter Jones', 'peter@shop.example');
  const note = (more: object) =>
    getlead({ countrycode: '44', mobile_no: '07840261091', note: 'x', ...more }, 'gl-note-creation-api');
  const notesOf = async ({ id }: { id: string }) => (await ask('GET', `/leads/${id}/notes`)).body.data.length;
  expect((await note({})).text).toContain('Enquiry Not Found.');
  expect((await note({ email: 'peter@shop.example' })).text).toContain('success');
  expect([await notesOf(mary), await notesOf(peter)]).toEqual([0, 1]);
  await lead('44', '07840261092');
  expect((await note({ mobile_no: '07840261092', email: 'mary@shop.example' })).text).toContain('Enquiry Not Found.');
});
