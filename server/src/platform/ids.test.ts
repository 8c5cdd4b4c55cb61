import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyLeadId, fromHex32, fromTypeId, hex32, restartIds, typeId, uuidv7 } from './ids.ts';

describe('a new id', () => {
  test('is a version 7 UUID that contains its time', () => {
    restartIds();
    const id = uuidv7(Date.parse('2026-01-02T03:04:05.678Z'));
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-01-02T03:04:05.678Z'));
  });

  test('is greater than every earlier id, even within a millisecond or after the clock is set back', () => {
    const now = Date.now();
    const times = Array.from({ length: 20_000 }, (_, at) => now - (at % 7 === 0 ? 5_000 : 0));
    const ids = times.map((time) => uuidv7(time));
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('runs ahead of the clock by at most a millisecond per id', () => {
    const before = Date.now();
    let id = '';
    for (let count = 0; count < 10_000; count += 1) id = uuidv7();
    expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBeLessThan(before + 10_000);
  });
});

describe('a TypeID', () => {
  // From the TypeID specification's list of valid ids.
  test.each([
    ['00000000-0000-0000-0000-000000000000', '00000000000000000000000000'],
    ['00000000-0000-0000-0000-000000000001', '00000000000000000000000001'],
    ['00000000-0000-0000-0000-00000000000a', '0000000000000000000000000a'],
    ['00000000-0000-0000-0000-000000000010', '0000000000000000000000000g'],
    ['00000000-0000-0000-0000-000000000020', '00000000000000000000000010'],
    ['ffffffff-ffff-ffff-ffff-ffffffffffff', '7zzzzzzzzzzzzzzzzzzzzzzzzz'],
    ['0110c853-1d09-52d8-d73e-1194e95b5f19', '0123456789abcdefghjkmnpqrs'],
    ['01890a5d-ac96-774b-bcce-b302099a8057', '01h455vb4pex5vsknk084sn02q'],
  ])('of %s ends in %s', (uuid, suffix) => {
    expect(typeId('prefix', uuid)).toBe(`prefix_${suffix}`);
    expect(fromTypeId('prefix', `prefix_${suffix}`)).toBe(uuid);
  });

  test.each([
    ['another prefix', 'deal_01h455vb4pex5vsknk084sn02q'],
    ['no prefix', '01h455vb4pex5vsknk084sn02q'],
    ['upper case', 'lead_01H455VB4PEX5VSKNK084SN02Q'],
    ['a letter that is not in the alphabet', 'lead_01h455vb4pex5vsknk084sn02u'],
    ['one digit too few', 'lead_01h455vb4pex5vsknk084sn02'],
    ['one digit too many', 'lead_01h455vb4pex5vsknk084sn02qq'],
    ['more than 128 bits', 'lead_8zzzzzzzzzzzzzzzzzzzzzzzzz'],
    ['dashes', 'lead_01h455vb4-ex5vsknk084sn02q'],
    ['nothing', ''],
  ])('with %s is invalid', (_, text) => {
    expect(fromTypeId('lead', text)).toBeUndefined();
  });

  test('converts back to the UUID it was made from', () => {
    fc.assert(fc.property(fc.uuid(), (uuid) => fromTypeId('lead', typeId('lead', uuid)) === uuid));
  });
});

describe('32 hex digits', () => {
  test('are written in upper case and read in either case', () => {
    const uuid = '01890a5d-ac96-774b-bcce-b302099a8057';
    expect(hex32(uuid)).toBe('01890A5DAC96774BBCCEB302099A8057');
    expect(fromHex32(hex32(uuid))).toBe(uuid);
    expect(fromHex32(hex32(uuid).toLowerCase())).toBe(uuid);
  });

  test.each(['', '19', '01890A5DAC96774BBCCEB302099A805', '01890A5DAC96774BBCCEB302099A8057F', `${'0'.repeat(31)}g`])(
    'are not %j',
    (text) => {
      expect(fromHex32(text)).toBeUndefined();
    },
  );
});

describe('a lead id sent by a client', () => {
  test('is understood in every form that the API returns', () => {
    const id = uuidv7();
    for (const form of [id, id.toUpperCase(), hex32(id), hex32(id).toLowerCase(), typeId('lead', id)])
      expect(anyLeadId(form)).toBe(id);
  });

  test('is undefined for any other text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => anyLeadId(text) === undefined));
    expect(anyLeadId(typeId('deal', uuidv7()))).toBeUndefined();
    expect(anyLeadId('zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz')).toBeUndefined();
  });
});
