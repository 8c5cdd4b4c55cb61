import { describe, expect, test } from 'vitest';
import { type BodyHeaders, type BodyMode, decodeBody } from './decode.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

async function decode(body: string | Buffer, headers: BodyHeaders = JSON_TYPE, mode: BodyMode = 'json') {
  return decodeBody(Buffer.isBuffer(body) ? body : Buffer.from(body), headers, mode);
}
const json = async (...args: Parameters<typeof decode>) => (await decode(...args)).body;
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const malformed = { kind: 'unreadable', problem: { kind: 'malformed', detail: expect.any(String) } };
const unsupported = { kind: 'unreadable', problem: { kind: 'unsupported_media', detail: expect.any(String) } };

describe('the charset', () => {
  test('defaults to UTF-8, or to windows-1252 if the bytes are not UTF-8', async () => {
    for (const headers of [JSON_TYPE, {}, { 'content-type': 'text/plain' }])
      for (const mode of ['json', 'json_or_form'] as const) {
        expect(await json('{"a":"é €"}', headers, mode)).toEqual({ kind: 'json', value: { a: 'é €' } });
        expect(await json(latin1('{"a":"é \x80"}'), headers, mode)).toEqual({ kind: 'json', value: { a: 'é €' } });
      }
  });

  test('is windows-1252 if the bytes contradict the declared charset, as with old clients', async () => {
    for (const charset of ['utf-8', 'us-ascii', 'shift_jis']) {
      const headers = { 'content-type': `application/json; charset=${charset}` };
      expect(await json(latin1('{"a":"Zo\xeb \x80 \xff"}'), headers)).toEqual({
        kind: 'json',
        value: { a: 'Zoë € ÿ' },
      });
    }
  });

  test('is UTF-8 if the bytes are, even if Latin-1 is declared, as some libraries do by default', async () => {
    const headers = { 'content-type': 'application/json; charset=ISO-8859-1' };
    expect(await json('{"a":"Zoë €"}', headers)).toEqual({ kind: 'json', value: { a: 'Zoë €' } });
  });

  const wide = (text: string) => Buffer.from(text, 'utf16le');
  test.each([
    ['little-endian with a mark', wide('\ufeff{"a":"é"}')],
    ['big-endian with a mark', wide('\ufeff{"a":"é"}').swap16()],
    ['little-endian', wide('{"a":"é"}')],
    ['big-endian', wide('{"a":"é"}').swap16()],
  ])('is UTF-16 if the bytes are, whatever is declared: %s', async (_, bytes) => {
    for (const type of ['application/json', 'application/json; charset=utf-16', 'application/json; charset=utf-8', ''])
      for (const mode of ['json', 'json_or_form'] as const)
        expect(await json(bytes, { 'content-type': type }, mode)).toEqual({ kind: 'json', value: { a: 'é' } });
  });

  test.each([
    ['iso-8859-1', latin1('"é"'), 'é'],
    ['ISO-8859-1', latin1('"\x80"'), '€'],
    ['"windows-1252"', latin1('"\x93x\x94"'), '“x”'],
    ['windows-1251', latin1('"\xcf\xf0"'), 'Пр'],
    ['utf-16le', Buffer.from('"é"', 'utf16le'), 'é'],
    ['utf8', Buffer.from('"é"'), 'é'],
    ['US-ASCII', Buffer.from('"é"'), 'é'],
  ])('is honoured when it is %s', async (charset, bytes, value) => {
    expect(await json(bytes, { 'content-type': `application/json;charset=${charset}` })).toEqual({
      kind: 'json',
      value,
    });
  });

  test('is refused if it is unknown', async () => {
    expect(await json('{}', { 'content-type': 'application/json; charset=klingon' })).toEqual(unsupported);
  });

  test('bytes that are not text in any charset are malformed', async () => {
    for (const charset of ['utf-8', 'shift_jis'])
      expect(await decode(latin1('"\x81\xff"'), { 'content-type': `application/json; charset=${charset}` })).toEqual({
        body: malformed,
        text: '',
      });
  });
});
