import { poll } from '../src/platform/time/wait.ts';
import { withPassword } from './people.ts';
import type { client, Home, World } from './world.ts';

/**
 * Creates one of everything that has an id, and returns the ids by path. `ask` is a client signed in
 * as the workspace's owner.
 */
export async function createOneOfEach(
  world: Pick<World, 'query' | 'signIn'>,
  ask: ReturnType<typeof client>,
  home: Home,
): Promise<Record<string, string>> {
  const made = async (path: string, body: object): Promise<string> => {
    const reply = await ask('POST', path, body);
    if (reply.status > 202) throw new Error(`${path}: ${reply.text}`);
    return reply.body.id;
  };
  // Disabled, so that its deliveries are held and do not change.
  const hook = await made('/webhooks', { url: 'https://hooks.example.com/', events: ['note.added'] });
  await ask('PATCH', `/webhooks/${hook}`, { enabled: false });
  const lead = (await ask('POST', '/leads', { name: 'Theirs', phone: '07700900123', call: {} })).body;
  const call = (await ask('GET', `/leads/${lead.id}/calls`)).body.data[0];
  // Read from the database, because the journal's list does not show requests that members make in the web app.
  const [submission] = await world.query<{ id: string }>('SELECT id FROM submissions WHERE workspace_id = $1 LIMIT 1', [
    home.workspaceId,
  ]);
  await withPassword(world, home.ownerId);
  const [job] = await world.query<{ id: string }>(
    `INSERT INTO jobs (workspace_id, id, kind, state, params, total, actor, run_at, created_at, updated_at)
     VALUES ($1, gen_random_uuid(), 'none', 'done', '{}', 1, 'system', now(), now(), now()) RETURNING id`,
    [home.workspaceId],
  );
  await world.signIn(home.ownerId, home.workspaceId);
  const [session] = (await ask('GET', '/me/sessions')).body.data;
  const deleted = await made('/leads', { name: 'Theirs, deleted' });
  await ask('DELETE', `/leads/${deleted}`);
  const note = await made(`/leads/${lead.id}/notes`, { text: 'Theirs' });
  const [delivery] = (await ask('GET', `/webhooks/${hook}/deliveries`)).body.data;
  const [mail] = await world.query<{ id: string }>(
    `INSERT INTO mails (workspace_id, id, kind, state, cause, to_name, to_email, folded_email, subject, body, message_id, created_at)
     VALUES ($1, gen_random_uuid(), 'digest', 'unsent', 'theirs', 'Theirs', 'a@b.example', 'a@b.example', 'Theirs',
       '{"paragraphs": []}', '<theirs@b.example>', now()) RETURNING id`,
    [home.workspaceId],
  );
  const ids = {
    '/v1/webhooks': hook,
    '/v1/deliveries': delivery.id,
    '/v1/outbox': mail?.id ?? '',
    '/v1/leads': lead.id,
    '/v1/bin': deleted,
    '/v1/calls': call.id,
    '/v1/submissions': submission?.id ?? '',
    '/v1/submissions/replays': job?.id ?? '',
    '/v1/jobs': job?.id ?? '',
    '/v1/me/sessions': session.id,
    '/v1/members': home.ownerId,
    '/v1/agents': home.ownerId,
    '/v1/notes': note,
    '/v1/erasures': await made('/erasures', { email: 'theirs@example.com' }),
    '/v1/deals': await made(`/leads/${lead.id}/deals`, { name: 'Theirs', stage: 'Open' }),
    '/v1/tasks': await made('/tasks', { name: 'Theirs' }),
    '/v1/views': await made('/views', { name: 'Theirs', query: 'state=open', audience: 'all' }),
    '/v1/statuses': await made('/statuses', { name: 'Theirs' }),
    '/v1/lead-types': await made('/lead-types', { name: 'Theirs' }),
    '/v1/sources': await made('/sources', { name: 'Theirs' }),
    '/v1/tags': await made('/tags', { name: 'Theirs' }),
    '/v1/departments': await made('/departments', { name: 'Theirs' }),
    '/v1/call-outcomes': await made('/call-outcomes', { name: 'Theirs', meaning: 'done' }),
    '/v1/new-names': await addWaitingName(world, home.workspaceId, 'Theirs, waiting'),
    '/v1/custom-fields': await made('/custom-fields', { name: 'theirs' }),
    '/v1/reference/{kind}': await made('/reference/product', { name: 'Theirs' }),
    '/v1/reading-rules': await made('/reading-rules', {
      dialect: 'dialler',
      field: 'type',
      value: 'theirs',
      meaning: 'Sales',
    }),
    '/v1/tokens': await made('/tokens', { dialect: 'getlead', name: 'Theirs' }),
  };
  // What was made may still have work to do in the background.
  const unfinished = "SELECT 1 FROM jobs WHERE workspace_id = $1 AND state IN ('queued', 'running')";
  const isOver = async () => (await world.query(unfinished, [home.workspaceId])).length === 0 || undefined;
  if (!(await poll(isOver, 20_000, 50))) throw new Error('What was made is still being worked on.');
  return ids;
}

/** Adds a source that waits for approval, as requests do with unknown names. Returns its id. */
export async function addWaitingName(
  world: Pick<World, 'query'>,
  workspaceId: string,
  name: string,
  tokenId: string | null = null,
): Promise<string> {
  const [row] = await world.query<{ id: string }>(
    `INSERT INTO waiting_names (workspace_id, id, kind, name, folded_name, dialect, token_id, first_at)
     VALUES ($1, gen_random_uuid(), 'source', $2, lower($2), 'getlead', $3, now()) RETURNING id`,
    [workspaceId, name, tokenId],
  );
  return row?.id ?? '';
}

/** An address of any route of `/v1`, without that prefix, also for those whose id stands for nothing that was made. */
export function anyAddressOf(path: string, ids: Record<string, string>, unknown = false): string {
  const plain = path.replace('/v1', '').replace('{kind}', 'product').replace('{column}', 'status');
  return addressOf(path, ids, unknown) ?? plain.replace(/\{\w+\}/g, 'x');
}

/** The path with its id filled in. If several prefixes match, the longest one is used. */
export function addressOf(path: string, ids: Record<string, string>, unknown = false): string | undefined {
  const place = Object.keys(ids)
    .filter((one) => path.startsWith(`${one}/{id}`))
    .sort((a, b) => b.length - a.length)[0];
  if (!place) return undefined;
  const id = unknown ? (ids[place] ?? '').replace(/.{6}$/, '000000') : (ids[place] ?? '');
  return path
    .replace('/v1', '')
    .replace('{kind}', 'product')
    .replace('{id}', id)
    .replace('{other}', (ids['/v1/leads'] ?? '').replace(/.{6}$/, '000001'));
}
