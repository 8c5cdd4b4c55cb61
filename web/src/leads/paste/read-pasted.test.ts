import { expect, test } from 'vitest';
import type { Dialect } from '../../app/dialects.ts';
import { readCurl } from './read-curl.ts';
import { readPasted, withToken } from './read-pasted.ts';

const dialect = (name: string, prefixes: string[], field_names: string[], example: string): Dialect => ({
  ...{ name, title: name, base_url: 'http://here', creates_fields: false },
  ...{ prefixes, field_names, example },
});
const json = "-H 'Content-Type: application/json'";
const dialects = [
  dialect(
    'getlead',
    ['/api/gl-website-contacts', '/api/gl-website-contacts/deal'],
    ['countrycode', 'mobileno', 'name', 'source'],
    "curl -X POST 'http://here/api/gl-website-contacts?token=YOUR_TOKEN&name=Test'",
  ),
  dialect(
    'ispcrm',
    ['/api/v1/subscriber/CreateLead'],
    ['name', 'phone', 'remarks'],
    `curl -X POST 'http://here/api/v1/subscriber/CreateLead' -H 'Authorization: Bearer YOUR_TOKEN' ${json} -d '{}'`,
  ),
  dialect(
    'dialler',
    ['/lead/add'],
    ['first_name', 'surname', 'mobile', 'type'],
    `curl -X POST 'http://here/lead/add?key=YOUR_TOKEN' ${json} -d '{}'`,
  ),
];
const read = (text: string) => readPasted(text, dialects);

test('a command is read as a shell and curl would, and the host is left out', () => {
  const command = [
    "$ curl --silent -XPOST 'https://crm.example.com/lead/add?key=sk_1' \\",
    '  -H "Content-Type: application/json" --compressed \\',
    `  --data-raw '{"first_name":"D'\\''Arcy","note":"a \\"b\\""}'`,
  ].join('\n');
  expect(readCurl(command)).toEqual({
    method: 'POST',
    target: '/lead/add?key=sk_1',
    headers: { 'content-type': 'application/json' },
    body: `{"first_name":"D'Arcy","note":"a \\"b\\""}`,
  });
});

test('data makes a POST of a form, -G puts it into the address', () => {
  expect(readCurl("curl crm.example.com/x -d a=1 --data-urlencode 'b=c d'")).toMatchObject({
    method: 'POST',
    target: '/x',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'a=1&b=c%20d',
  });
  expect(readCurl('curl -G crm.example.com/x?z=0 -d a=1')).toMatchObject({ method: 'GET', target: '/x?z=0&a=1' });
});

test('the API is the one whose endpoint the address is, the longest first', () => {
  const found = (path: string) => read(`curl https://crm.example.com${path}`).dialect.name;
  expect(found('/lead/add?key=x')).toBe('dialler');
  expect(found('/api/gl-website-contacts/deal?token=x')).toBe('getlead');
  expect(() => found('/lead/adding')).toThrow('None of the APIs of this server has the path /lead/adding.');
});

test('a body alone goes where the example of its API goes', () => {
  expect(read('{"first_name":"Dora","surname":"Dial","mobile":"07840258811","type":"Sales"}')).toMatchObject({
    dialect: { name: 'dialler' },
    hasToken: false,
    request: { method: 'POST', target: '/lead/add?key=YOUR_TOKEN' },
  });
  expect(read('countrycode=91&mobileno=9876543210&name=Gita&source=Web')).toMatchObject({
    dialect: { name: 'getlead' },
    request: { target: '/api/gl-website-contacts?token=YOUR_TOKEN', body: expect.stringContaining('Gita') },
  });
});

test('a token replaces the one in the request, or goes into a header', () => {
  const send = (text: string) => withToken(read(text).request, 'new');
  expect(send("curl 'http://x/lead/add?key=old&a=1' -H 'X-Api-Key: old'")).toMatchObject({
    target: '/lead/add?key=new&a=1',
    headers: {},
  });
  expect(send("curl 'http://x/api/v1/subscriber/CreateLead' -H 'Authorization: Bearer old' -d 'name=A'")).toMatchObject(
    {
      headers: { authorization: 'Bearer new' },
    },
  );
  expect(send(`curl 'http://x/api/gl-website-contacts' ${json} -d '{"token": "old", "name": "A"}'`)).toMatchObject({
    body: '{"token": "new", "name": "A"}',
  });
});

test('a token counts as there only if it is not a placeholder', () => {
  const has = (key: string) => read(`curl 'http://x/lead/add?key=${key}'`).hasToken;
  expect(has('sk_0123abcd')).toBe(true);
  for (const placeholder of ['YOUR_TOKEN', '', '{}', '<token>', '$KEY']) expect(has(placeholder)).toBe(false);
});

test.each([
  ['hello', 'This is neither a curl command nor the body of a request (JSON or a form).'],
  ['{"first_name":', 'This looks like JSON but cannot be read. Part of it may be missing.'],
  ['{"unknown":1}', 'Several APIs could understand this body. Choose the one it is for.'],
  ["curl 'http://x/lead/add", 'A quotation mark is not closed. Part of the command may be missing.'],
  ['curl -X POST', 'The command contains no address.'],
  [
    'curl http://x/lead/add -d @lead.json',
    'The command sends the file lead.json. Paste the contents of the file instead.',
  ],
  ['curl http://x/lead/add -F a=1', 'The option -F is not supported.'],
  ['curl file:///etc/passwd', '“file:///etc/passwd” is not a web address.'],
  ['curl http://x/a http://x/b', 'The command contains two addresses: http://x/a and http://x/b.'],
])('%s is refused with a sentence', (text, sentence) => {
  expect(() => read(text)).toThrow(sentence);
});
