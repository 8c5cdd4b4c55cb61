import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { expect, test } from 'vitest';
import { testWorld } from './world.ts';

/** `FUZZ=100000 npm run fuzz` runs the long version. */
const runs = Math.ceil(Number(process.env['FUZZ'] ?? 4_000) / 5);
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const world = await testWorld();

/** Values that are known to cause trouble; `value` adds arbitrary ones. */
const nasty = fc.constantFrom<unknown>(
  ...[
    '\0',
    '\ud800',
    '',
    ' ',
    'null',
    '<script>',
    "'; DROP TABLE leads; --",
    '={1}',
    'a'.repeat(10_001),
    '٠٧٨٤٠٢٥٨٨٢٣',
  ],
  ...[
    'a@x, v@evil',
    'a@x\r\nRCPT TO',
    '2026-02-30',
    'infinity',
    '1e400',
    '12345678901234567890',
    '+91 98959 12345',
    '985*******',
  ],
  ...[null, true, false, 0, -1, 3.5, 1e308, -0, [], ['x'], {}, { __proto__: 1 }, [[[[]]]], Number.MAX_SAFE_INTEGER],
);
const value = fc.oneof(
  { weight: 3, arbitrary: nasty },
  { weight: 2, arbitrary: fc.jsonValue() },
  { weight: 3, arbitrary: fc.string() },
);
const hostileName = fc.constantFrom(
  '__proto__',
  'constructor',
  'id',
  'workspace_id',
  'toString',
  '',
  'a[b]',
  '$where',
  'status',
);

/** A valid body with some fields replaced, dropped or added. */
function mutated(right: Record<string, unknown>) {
  const names = fc.oneof(fc.constantFrom(...Object.keys(right)), hostileName, fc.string());
  return fc.array(fc.tuple(names, fc.option(value, { nil: undefined })), { maxLength: 4 }).map((changes) => {
    const body = new Map<string, unknown>(Object.entries(right));
    for (const [name, changed] of changes) {
      if (changed === undefined) body.delete(name);
      else body.set(name, changed);
    }
    return JSON.stringify(Object.fromEntries(body)) ?? '';
  });
}

const raw = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '{',
    '[]',
    '"x"',
    '3',
    'null',
    '{"a":1,}',
    '[['.repeat(5_000),
    '{"a":"\\ud800"}',
    '{"a":1e400}',
    '\ufeff{}',
  ),
);
const contentType = fc.constantFrom(
  'application/json',
  'application/json; charset=latin1',
  'application/json; charset=nonsense',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  '',
);

interface Target {
  url: string;
  method?: 'POST' | 'PATCH' | 'GET';
  headers?: Record<string, string>;
  right: Record<string, unknown>;
}

const bearer = (dialect: string) => ({ authorization: `Bearer ${world.tokens.get(dialect)}` });
const token = (dialect: string) => world.tokens.get(dialect) ?? '';
const targets: Record<string, { shape: RegExp; paths: Target[] }> = {
  getlead: {
    shape: /^\{"status":"(success|fail|error)","message":"[^"]+"\}$|^\{"data":\{"status_name":"[^"]*"\}\}$/,
    paths: [
      {
        url: `/api/gl-website-contacts?token=${token('getlead')}`,
        right: { countrycode: '91', mobileno: '9876543210', source: 'x', name: 'A' },
      },
      {
        url: `/api/gl-task-creation-api?token=${token('getlead')}`,
        right: { name: 'T', task_category_id: '1', scheduled_date: '2026-12-01' },
      },
      {
        url: `/api/gl-note-creation-api?token=${token('getlead')}`,
        right: { note: 'n', countrycode: '91', mobile_no: '9876543210' },
      },
      {
        url: `/api/gl-status-change-api?token=${token('getlead')}`,
        right: { status: 'Hot', countrycode: '91', mobile_no: '9876543210' },
      },
      {
        url: `/api/gl-deal-creation-api?token=${token('getlead')}`,
        right: { mobile: '9876543210', status: 'Open', deal_amount: 100 },
      },
      {
        url: `/api/gl-department-vise-agent-assign/${token('getlead')}`,
        right: { SourceNumber: '4234000000', department: 'Sales' },
      },
    ],
  },
  ispcrm: {
    shape: /^\{"success":(true|false),"message":"[^"]+"/,
    paths: [
      {
        url: '/api/v1/subscriber/CreateLead',
        headers: bearer('ispcrm'),
        right: { name: 'J', email: 'j@example.com', phone: '1234567890' },
      },
    ],
  },
  crmcom: {
    shape: /^\{"status":\{"code":"[^"]+","message":(null|"[^"]).*,"description":.*\},"data":/s,
    paths: [
      {
        url: '/crmapi/rest/v2/leads/create',
        right: {
          token: token('crmcom'),
          importance: 'IMPORTANCE3',
          priority: '3',
          type_identifier: { name: 'Sales' },
          contact_information: { type: 'PERSON', first_name: 'J' },
          source: { type: 'OTHER', name: 'x' },
          estimated_completion_time: { time_period_value: 2, time_period_uot: 'DAYS' },
        },
      },
      {
        url: '/crmapi/rest/v2/leads/update',
        right: { token: token('crmcom'), lead_identifier: { number: '1' }, priority: 2, udf_float_1: 1 },
      },
    ],
  },
  dialler: {
    shape: /^\{("test":"ok"|"saved":true|"cancelled":(true|false)|"name":"[^"]+","message"|"[a-z_]+":\{"0":")/,
    paths: [
      {
        url: `/lead/add?key=${token('dialler')}`,
        right: {
          email: 'a@b.com',
          first_name: 'A',
          surname: 'B',
          mobile: '07840258823',
          type: 'Sales',
          delays: 60,
          data: '{"a":1}',
        },
      },
      { url: `/lead/cancel?key=${token('dialler')}`, right: { mobile: '07840258823', type: 'Sales' } },
    ],
  },
  overplane: {
    shape: /^\{"(id|data|error)":/,
    paths: [
      {
        url: '/api/crm/lead',
        headers: bearer('overplane'),
        right: { first_name: 'A', email_id: 'a@b.com', annual_revenue: 5, disabled: false },
      },
      {
        url: '/api/crm/lead/lead_01h455vb4pex5vsknk084sn02q',
        method: 'PATCH',
        headers: bearer('overplane'),
        right: { city: 'x' },
      },
    ],
  },
  native: {
    shape: /^\{"(id|type)":/,
    paths: [
      {
        url: '/v1/leads',
        headers: bearer('native'),
        right: { name: 'A', email: 'a@b.com', phone: '07840258823', custom: { a: 1 } },
      },
    ],
  },
};

test.each(Object.entries(targets))(
  '%s replies to any input in a documented shape and never with a 5xx',
  async (name, { shape, paths }) => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .constantFrom(...paths)
          .chain((target) =>
            fc.tuple(fc.constant(target), fc.oneof({ weight: 4, arbitrary: mutated(target.right) }, raw), contentType),
          ),
        async ([target, payload, type]) => {
          const headers = { ...target.headers, ...(type && { 'content-type': type }) };
          const options: InjectOptions = { method: target.method ?? 'POST', url: target.url, headers, payload };
          const reply = await world.app.inject(options);
          expect(reply.statusCode, `${name} ${payload}\n${reply.body}`).toBeLessThan(500);
          expect(reply.body).toMatch(shape);
        },
      ),
      { numRuns: runs, seed, endOnFailure: true },
    );
  },
  600_000,
);

test('no fuzzed request is stored as failed, and no prototype is polluted', async () => {
  const failed = await world.query("SELECT id FROM submissions WHERE outcome = 'failed'");
  expect(failed).toEqual([]);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
