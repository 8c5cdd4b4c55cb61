import { expect, test } from 'vitest';
import { rowsOf } from '../../test/rows-of.ts';
import { findInJson } from '../platform/json/json-path.ts';
import { type Edit, editRequest } from './edit-request.ts';
import { findSent, type Sent } from './locate-value.ts';

const json = (text: string, query = ''): Sent => ({
  query,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(text),
});
const form = (text: string, query = ''): Sent => ({
  query,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: Buffer.from(text),
});
const edited = (sent: Sent, ...edits: Edit[]) => {
  const { body, query } = editRequest(sent, edits);
  return { ...(body && { body: body.toString() }), ...(query !== undefined && { query }) };
};

test.each(
  rowsOf(`
    {"phone": "12"} | phone | "12"
    {"a":{"b":[1,{"c":"x"}]}} | a.b[1].c | "x"
    {"a":{"b":[1,{"c":"x"}]}} | a.b.1.c | "x"
    {"a.b":1,"a":{"b":2}} | a.b | 2
    {"a":{"c":2},"a.b":1} | a.b | 1
    {"p":1,"p":2} | p | 2
    {"na\\u006de":"\\"}{","x":true} | name | "\\"}{"
    [{"x":null}] | [0].x | null
  `),
)('in %s the path %s holds %s', (text, place, value) => {
  const span = findInJson(text, place);
  expect(span && text.slice(span.start, span.end)).toBe(value);
});

test.each(
  rowsOf(`
    {"phone": | phone
    {} | phone
    {"a":"b"} | a.b
    "text" | text
    [] | 0
    {"phone":1} |
  `),
)('%s has no value at the path %s', (text, place) => {
  expect(findInJson(text, place)).toBeUndefined();
});

test('a value is looked up in the body first, and in the query if the body has none', () => {
  expect(findSent(form('a=1&b=x%20y', 'b=2'), 'b')).toMatchObject({ part: 'body', value: 'x y' });
  expect(findSent(form('b=', 'b=2'), 'b')).toMatchObject({ part: 'query', value: '2' });
  expect(findSent({ query: 'deal name=x', headers: {}, body: null }, 'deal_name')).toMatchObject({ value: 'x' });
  expect(findSent(json('{"b":{"c":1}}'), 'b')).toMatchObject({ value: '{"c":1}' });
  expect(findSent(json('{"b":1}'), 'c')).toBeUndefined();
});

test('only the value changes; every other byte stays', () => {
  expect(
    edited(json('{ "type" : "motor-trad",  "n": 12345678901234567890 }'), { path: 'type', to: 'motor-trade' }),
  ).toEqual({
    body: '{ "type" : "motor-trade",  "n": 12345678901234567890 }',
  });
  expect(edited(form('a=%41&type=x&b'), { path: 'type', to: 'y & z' }, { path: 'b', to: '1' })).toEqual({
    body: 'a=%41&type=y%20%26%20z&b=1',
  });
  expect(
    edited({ query: 'token=[redacted]&mobileno=12', headers: {}, body: null }, { path: 'mobileno', to: '9876543210' }),
  ).toEqual({
    query: 'token=[redacted]&mobileno=9876543210',
  });
});

test('a number stays a number, and text stays text', () => {
  expect(edited(json('{"n":-1,"t":"1"}'), { path: 'n', to: '600' }, { path: 't', to: '2' })).toEqual({
    body: '{"n":600,"t":"2"}',
  });
  expect(edited(json('{"n":-1}'), { path: 'n', to: '6e9' })).toEqual({ body: '{"n":"6e9"}' });
});

test('a value other than the expected one is left alone', () => {
  expect(edited(json('{"type":"roofing"}'), { path: 'type', from: 'motor-trad', to: 'motor-trade' })).toEqual({});
});

test('a value that was not sent is added where it belongs', () => {
  expect(edited(json('{ }'), { path: 'phone', to: '1' })).toEqual({ body: '{"phone":"1" }' });
  expect(edited(json('{"c":{"x":1}}'), { path: 'c.type', to: 'PERSON' })).toEqual({
    body: '{"c":{"type":"PERSON","x":1}}',
  });
  expect(edited(form('a=1'), { path: 'b', to: '2' })).toEqual({ body: 'a=1&b=2' });
  expect(edited({ query: '', headers: {}, body: null }, { path: 'b', to: '2' })).toEqual({ query: 'b=2' });
  expect(edited(json('[1]'), { path: 'b', to: '2' })).toEqual({});
});
