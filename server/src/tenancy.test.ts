import { expect, test } from 'vitest';
import { client, type Home, testWorld } from '../test/world.ts';

const world = await testWorld();
const other = await world.anotherHome('other');
const ours = client(world, world.tokens.get('native'));
const theirs = client(world, other.tokens.get('native'));

interface Document {
  paths: Record<
    string,
    Record<string, { requestBody?: { content: { 'application/json': { schema: { $ref: string } } } } }>
  >;
}
const document = (await world.app.inject('/v1/openapi.json')).json<Document>();

/** One of everything that has an id, in the other workspace. */
async function furnish(ask: typeof theirs, home: Home): Promise<Record<string, string>> {
  const lead = (await ask('POST', '/leads', { name: 'Theirs', phone: '07700900123', call: {} })).body;
  const call = (await ask('GET', `/leads/${lead.id}/calls`)).body.data[0];
  const [submission] = (await ask('GET', '/submissions')).body.data;
  const made = async (path: string, body: object) => (await ask('POST', path, body)).body.id as string;
  return {
    '/v1/leads': lead.id,
    '/v1/calls': call.id,
    '/v1/submissions': submission.id,
    '/v1/tasks': await made('/tasks', { name: 'Theirs' }),
    '/v1/members': home.ownerId,
    '/v1/statuses': await made('/statuses', { name: 'Theirs' }),
    '/v1/lead-types': await made('/lead-types', { name: 'Theirs' }),
    '/v1/sources': await made('/sources', { name: 'Theirs' }),
    '/v1/departments': await made('/departments', { name: 'Theirs' }),
    '/v1/custom-fields': await made('/custom-fields', { name: 'theirs' }),
    '/v1/reference/{kind}': await made('/reference/product', { name: 'Theirs' }),
    '/v1/tokens': await made('/tokens', { dialect: 'getlead', name: 'Theirs' }),
  };
}

const bodies: Record<string, object> = {
  NoteCreate: { text: 'x' },
  LeadTaskCreate: { name: 'x' },
  CallOutcome: { claim_id: 'x', outcome: 'x' },
  CallRelease: { claim_id: 'x' },
  CallExtend: { claim_id: 'x' },
  CustomFieldPatch: { type: 'text' },
};

/** All tables but those that every request writes to. */
async function digest(workspaceId: string): Promise<string> {
  const tables = await world.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
       AND c.relname NOT IN ('index_queue', 'lead_search', 'lead_counts') ORDER BY 1`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const [row] = await world.query<{ digest: string }>(
      `SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS digest FROM ${name} t WHERE workspace_id = $1`,
      [workspaceId],
    );
    parts.push(`${name} ${row?.digest}`);
  }
  return parts.join('\n');
}

test('what belongs to another workspace is answered like what nobody has, byte for byte, and stays as it is', async () => {
  const ids = await furnish(theirs, other);
  await world.query('UPDATE tokens SET last_used_at = now()');
  const before = await digest(other.workspaceId);
  let asked = 0;
  for (const [path, methods] of Object.entries(document.paths)) {
    const below = Object.keys(ids).find((one) => path.startsWith(`${one}/{id}`));
    if (!below) continue;
    for (const [method, operation] of Object.entries(methods)) {
      const shape = operation.requestBody?.content['application/json'].schema.$ref.split('/').at(-1) ?? '';
      const body = operation.requestBody && (bodies[shape] ?? {});
      const to = (id: string) =>
        ours(
          method.toUpperCase() as 'GET',
          path.replace('/v1', '').replace('{kind}', 'product').replace('{id}', id),
          body,
        );
      const foreign = await to(ids[below] ?? '');
      const unknown = await to((ids[below] ?? '').replace(/.{6}$/, '000000'));
      const plain = (text: string) => text.replace(/submissions\/[0-9a-f-]{36}/g, '');
      expect([foreign.status, plain(foreign.text)], `${method} ${path}`).toEqual([404, plain(unknown.text)]);
      asked += 1;
    }
  }
  expect(asked).toBeGreaterThan(30);
  expect(await digest(other.workspaceId)).toBe(before);
});

test('what is named in a body is looked for in the own workspace alone', async () => {
  const { body: status } = await theirs('POST', '/statuses', { name: 'Only theirs' });
  const { body: department } = await theirs('POST', '/departments', { name: 'Only theirs' });
  const lead = (await ours('POST', '/leads', { name: 'Ours' })).body;
  for (const [method, path, body] of [
    ['POST', '/leads', { name: 'x', status: 'Only theirs' }],
    ['POST', '/leads', { name: 'x', status: status.id }],
    ['PATCH', `/leads/${lead.id}`, { owner: other.ownerId }],
    ['POST', '/tasks', { name: 'x', assignee: 'owner@other.example' }],
    ['POST', '/departments', { name: 'x', member_ids: [other.ownerId] }],
    ['PATCH', `/members/${world.ownerId}`, { department_ids: [department.id] }],
    ['POST', '/lead-types', { name: 'x', default_status_id: status.id }],
  ] as const) {
    const reply = await ours(method, path, body);
    expect([reply.status, reply.body.errors?.[0]?.code], path).toEqual([422, 'unknown_reference']);
  }
});

test('a list shows only what is in the own workspace', async () => {
  for (const path of [
    '/leads',
    '/submissions',
    '/calls',
    '/tasks',
    '/statuses',
    '/sources',
    '/members',
    '/tokens',
    '/custom-fields',
  ]) {
    const text = (await ours('GET', path)).text;
    expect(text, path).not.toMatch(/theirs|of other|other\.example/i);
  }
});
