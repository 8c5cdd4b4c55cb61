import { uuidv7 } from '../src/platform/ids.ts';
import { type Steps, step, type WritingScene } from './writing-scene.ts';

const everything = ['calls', 'deals', 'jobs', 'journal', 'leads', 'people', 'settings', 'tasks', 'views'] as const;

/** Work with leads, calls, stored requests, jobs and views, in an order that works. */
export function workSteps(scene: WritingScene): Steps {
  const { world, owner, lead, furnished, id, keep, keepId } = scene;
  const leadId = furnished('/v1/leads');
  const { claim, onCall } = callsOf(scene);
  const waiting = uuidv7();
  const refuse = async () => {
    await owner('POST', '/leads', { status: 'None of these' });
    const [row] = await world.query<{ id: string }>(
      "SELECT id FROM submissions WHERE outcome = 'refused' ORDER BY id DESC LIMIT 1",
    );
    keepId('refused', row?.id ?? '');
  };
  return {
    'POST /leads': step(
      () => keep('lead', owner('POST', '/leads', { name: 'Ann', phone: '07700900321' })),
      'journal',
      'leads',
    ),
    'PATCH /leads/:id': step(() => owner('PATCH', lead, { city: 'Leeds' }), 'journal', 'leads'),
    'POST /leads/:id/notes': step(
      () => keep('note', owner('POST', `${lead}/notes`, { text: 'A note' })),
      'journal',
      'leads',
    ),
    'PATCH /notes/:id': step(() => owner('PATCH', `/notes/${id('note')}`, { text: 'Another' }), 'leads'),
    'DELETE /notes/:id': step(() => owner('DELETE', `/notes/${id('note')}`), 'leads'),
    'POST /leads/:id/tasks': step(
      () => keep('task', owner('POST', `${lead}/tasks`, { name: 'Call' })),
      'journal',
      'leads',
      'tasks',
    ),
    'POST /tasks': step(() => owner('POST', '/tasks', { name: 'Tidy' }), 'journal', 'leads', 'tasks'),
    'PATCH /tasks/:id': step(() => owner('PATCH', `/tasks/${id('task')}`, { done: true }), 'leads', 'tasks'),
    'DELETE /tasks/:id': step(() => owner('DELETE', `/tasks/${id('task')}`), 'leads', 'tasks'),
    'POST /leads/:id/deals': step(
      () => keep('deal', owner('POST', `${lead}/deals`, { stage: 'Open' })),
      'deals',
      'journal',
      'leads',
    ),
    'PATCH /deals/:id': step(() => owner('PATCH', `/deals/${id('deal')}`, { amount: 12 }), 'deals', 'leads'),
    'DELETE /deals/:id': step(() => owner('DELETE', `/deals/${id('deal')}`), 'deals', 'leads'),
    'POST /leads/:id/do-not-call': step(() => owner('POST', `${lead}/do-not-call`, {}), 'calls', 'leads'),
    'DELETE /leads/:id/do-not-call': step(() => owner('DELETE', `${lead}/do-not-call`), 'leads'),
    'POST /leads/:id/calls': step(() => owner('POST', `${lead}/calls`, {}), 'calls', 'leads'),
    'PUT /agents/me': step(() => owner('PUT', '/agents/me', { state: 'ready' }), 'calls'),
    'POST /calls/claim': {
      run: () =>
        owner('POST', '/calls/claim', { lead_id: leadId }).then((reply) => {
          keepId('claimed', reply.body.call.id);
          keepId('claim', reply.body.claim_id);
          return reply;
        }),
      tells: ['calls', 'leads'],
    },
    'POST /calls/:id/start': step(() => onCall('start'), 'calls'),
    'POST /calls/:id/outcome': step(() => onCall('outcome', { outcome: 'x', note: 'y' }), 'calls', 'leads'),
    'POST /calls/:id/skip': { before: claim, run: () => onCall('skip'), tells: ['calls', 'leads'] },
    'POST /calls/:id/release': {
      before: () =>
        owner('POST', '/calls/claim', { lead_id: leadId }).then(({ body }) => keepId('claim', body.claim_id)),
      run: () => onCall('release'),
      tells: ['calls', 'leads'],
    },
    'POST /calls/list/claim': step(() => owner('POST', '/calls/list/claim', { lead_id: leadId }), 'calls', 'leads'),
    'POST /leads/:id/call-log': step(() => owner('POST', `${lead}/call-log`, { outcome: 'Spoke' }), 'calls', 'leads'),
    'POST /leads/:id/calls/permission': step(() => owner('POST', `${lead}/calls/permission`, {})),
    'POST /leads/:id/calls/undo': step(() => owner('POST', `${lead}/calls/undo`), 'calls', 'leads'),
    'POST /bin/:id/restore': step(
      () => owner('POST', `/bin/${furnished('/v1/bin')}/restore`),
      'calls',
      'deals',
      'leads',
      'tasks',
    ),
    'POST /agents/:id/pause': step(() => owner('POST', `/agents/${world.ownerId}/pause`, {}), 'calls'),
    'POST /leads/:id/reopen': {
      before: () => owner('PATCH', lead, { status: 'Won' }),
      run: () => owner('POST', `${lead}/reopen`),
      tells: ['journal', 'leads'],
    },
    'POST /leads/:id/possible-duplicates/:other/dismiss': step(
      () => owner('POST', `${lead}/possible-duplicates/${id('lead')}/dismiss`),
      'leads',
    ),
    'POST /leads/bulk': step(
      () =>
        keep('job', owner('POST', '/leads/bulk', { ids: [leadId], change: { status: 'Lost', lost_reason: 'Price' } })),
      'jobs',
      'leads',
    ),
    'POST /jobs/:id/undo': step(() => owner('POST', `/jobs/${id('job')}/undo`), 'jobs', 'leads'),
    'POST /jobs/:id/cancel': {
      before: () =>
        world.query(
          `INSERT INTO jobs (workspace_id, id, kind, state, params, total, actor, run_at, created_at, updated_at)
           VALUES ($1, $2, 'none', 'queued', '{}', 1, 'system', now() + interval '1 day', now(), now())`,
          [world.workspaceId, waiting],
        ),
      run: () => owner('POST', `/jobs/${waiting}/cancel`),
      tells: ['jobs'],
    },
    'POST /jobs/:id/retry': {
      before: () => world.query("UPDATE jobs SET state = 'failed' WHERE id = $1", [waiting]),
      run: () => owner('POST', `/jobs/${waiting}/retry`),
      tells: ['jobs'],
    },
    'POST /submissions/:id/replay': {
      before: refuse,
      run: () => owner('POST', `/submissions/${id('refused')}/replay`, {}),
      tells: ['journal'],
    },
    'POST /submissions/replay': step(() => owner('POST', '/submissions/replay', { ids: [id('refused')] }), 'journal'),
    'POST /submissions/replays': step(
      () => owner('POST', '/submissions/replays', { ids: [id('refused')] }),
      'jobs',
      'journal',
    ),
    'POST /submissions/dismiss': step(() => owner('POST', '/submissions/dismiss', { ids: [id('refused')] }), 'journal'),
    'POST /views': step(
      () => keep('view', owner('POST', '/views', { name: 'Mine', query: 'state=open', audience: 'me' })),
      'views',
    ),
    'PATCH /views/:id': step(() => owner('PATCH', `/views/${id('view')}`, { name: 'Ours' }), 'views'),
    'PUT /views/:id/pin': step(() => owner('PUT', `/views/${id('view')}/pin`), 'views'),
    'DELETE /views/:id/pin': step(() => owner('DELETE', `/views/${id('view')}/pin`), 'views'),
    'DELETE /views/:id': step(() => owner('DELETE', `/views/${id('view')}`), 'views'),
    'POST /demo': step(() => owner('POST', '/demo', { leads: 2 }), ...everything),
    'DELETE /demo': step(() => owner('DELETE', '/demo'), ...everything),
    'DELETE /leads/:id': step(
      () => owner('DELETE', `/leads/${id('lead')}`),
      'calls',
      'deals',
      'journal',
      'leads',
      'tasks',
    ),
  };
}

/** Claims a call of the scene's lead, or does something with the claimed call. */
export function callsOf({ owner, lead, furnished, id, keepId }: WritingScene) {
  return {
    claim: async () => {
      await owner('POST', `${lead}/calls`, {});
      const { body } = await owner('POST', '/calls/claim', { lead_id: furnished('/v1/leads') });
      keepId('claimed', body.call.id);
      keepId('claim', body.claim_id);
    },
    onCall: (name: string, body: object = {}) =>
      owner('POST', `/calls/${id('claimed')}/${name}`, { claim_id: id('claim'), ...body }),
  };
}
