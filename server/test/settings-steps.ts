import { generate } from 'otplib';
import { uuidv7 } from '../src/platform/ids.ts';
import { addWaitingName } from './create-one-of-each.ts';
import { newBrowser, PASSWORD } from './people.ts';
import { client } from './world.ts';
import { type Step, type Steps, step, type WritingScene } from './writing-scene.ts';

const settings = (run: Step['run']): Step => step(run, 'settings');

/** What administrators and members change about the workspace and themselves, in an order that works. */
export function settingsSteps(scene: WritingScene): Steps {
  return { ...listSteps(scene), ...peopleSteps(scene) };
}

function newNameSteps({ world, owner, id, keepId }: WritingScene): Steps {
  const waiting = (run: Step['run']): Step => ({
    before: async () => keepId('name', await addWaitingName(world, world.workspaceId, uuidv7(), id('token') || null)),
    run,
    tells: ['settings'],
  });
  return {
    'POST /new-names/:id/approve': {
      ...waiting(() => owner('POST', `/new-names/${id('name')}/approve`)),
      tells: ['settings', 'jobs'],
    },
    'POST /new-names/:id/merge': {
      ...waiting(() => owner('POST', `/new-names/${id('name')}/merge`, { into: id('source') })),
      tells: ['settings', 'jobs'],
    },
    'DELETE /new-names/:id': waiting(() => owner('DELETE', `/new-names/${id('name')}`)),
    'DELETE /new-names': waiting(() => owner('DELETE', `/new-names?token_id=${uuidv7()}`)),
  };
}

function listSteps(scene: WritingScene): Steps {
  const { owner, id, keep } = scene;
  const order = async (path: string) => ({
    ids: (await owner('GET', path)).body.data.map((item: { id: string }) => item.id),
  });
  return {
    'POST /reading-rules': settings(() =>
      keep('rule', owner('POST', '/reading-rules', { dialect: 'dialler', field: 'type', value: 'a', meaning: 'b' })),
    ),
    'DELETE /reading-rules/:id': settings(() => owner('DELETE', `/reading-rules/${id('rule')}`)),
    'POST /statuses': settings(() => keep('status', owner('POST', '/statuses', { name: 'Going' }))),
    'PATCH /statuses/:id': settings(() => owner('PATCH', `/statuses/${id('status')}`, { name: 'Gone' })),
    'PUT /statuses/order': settings(async () => owner('PUT', '/statuses/order', await order('/statuses'))),
    'DELETE /statuses/:id': settings(() => owner('DELETE', `/statuses/${id('status')}`)),
    'POST /lead-types': settings(() => keep('type', owner('POST', '/lead-types', { name: 'Roofs' }))),
    'PATCH /lead-types/:id': settings(() => owner('PATCH', `/lead-types/${id('type')}`, { name: 'Doors' })),
    'PUT /lead-types/order': settings(async () => owner('PUT', '/lead-types/order', await order('/lead-types'))),
    'DELETE /lead-types/:id': settings(() => owner('DELETE', `/lead-types/${id('type')}`)),
    'POST /sources': settings(() => keep('source', owner('POST', '/sources', { name: 'Fair' }))),
    'PATCH /sources/:id': settings(() => owner('PATCH', `/sources/${id('source')}`, { name: 'Market' })),
    ...newNameSteps(scene),
    'DELETE /sources/:id': settings(() => owner('DELETE', `/sources/${id('source')}`)),
    'POST /tags': settings(() => keep('tag', owner('POST', '/tags', { name: 'Hot' }))),
    'PATCH /tags/:id': settings(() => owner('PATCH', `/tags/${id('tag')}`, { name: 'Warm' })),
    'DELETE /tags/:id': settings(() => owner('DELETE', `/tags/${id('tag')}`)),
    'POST /departments': settings(() => keep('department', owner('POST', '/departments', { name: 'North' }))),
    'PATCH /departments/:id': settings(() => owner('PATCH', `/departments/${id('department')}`, { name: 'South' })),
    'DELETE /departments/:id': settings(() => owner('DELETE', `/departments/${id('department')}`)),
    'POST /call-outcomes': settings(() =>
      keep('outcome', owner('POST', '/call-outcomes', { name: 'Maybe', meaning: 'done' })),
    ),
    'PATCH /call-outcomes/:id': settings(() => owner('PATCH', `/call-outcomes/${id('outcome')}`, { name: 'Perhaps' })),
    'PUT /call-outcomes/order': settings(async () =>
      owner('PUT', '/call-outcomes/order', await order('/call-outcomes')),
    ),
    'DELETE /call-outcomes/:id': settings(() => owner('DELETE', `/call-outcomes/${id('outcome')}`)),
    'POST /custom-fields': settings(() => keep('field', owner('POST', '/custom-fields', { name: 'Budget' }))),
    'PATCH /custom-fields/:id': settings(() => owner('PATCH', `/custom-fields/${id('field')}`, { type: 'number' })),
    'DELETE /custom-fields/:id': settings(() => owner('DELETE', `/custom-fields/${id('field')}`)),
    'POST /reference/:kind': settings(() => keep('product', owner('POST', '/reference/product', { name: 'Shed' }))),
    'PATCH /reference/:kind/:id': settings(() =>
      owner('PATCH', `/reference/product/${id('product')}`, { name: 'Barn' }),
    ),
    'PUT /reference/:kind/order': settings(async () =>
      owner('PUT', '/reference/product/order', await order('/reference/product')),
    ),
    'DELETE /reference/:kind/:id': settings(() => owner('DELETE', `/reference/product/${id('product')}`)),
    'POST /tokens': settings(() => keep('token', owner('POST', '/tokens', { dialect: 'getlead', name: 'Site' }))),
    'PATCH /tokens/:id': settings(() => owner('PATCH', `/tokens/${id('token')}`, { name: 'Shop' })),
    'POST /tokens/:id/rotate': settings(() =>
      keep('token', owner('POST', `/tokens/${id('token')}/rotate`, { overlap_seconds: 0 })),
    ),
    'POST /tokens/:id/test': step(() => owner('POST', `/tokens/${id('token')}/test`), 'journal'),
    'POST /webhooks': settings(() =>
      keep('hook', owner('POST', '/webhooks', { url: 'https://example.com/hook', events: ['call.logged'] })),
    ),
    'PATCH /webhooks/:id': settings(() => owner('PATCH', `/webhooks/${id('hook')}`, { description: 'Other' })),
    'POST /webhooks/:id/rotate': settings(() => owner('POST', `/webhooks/${id('hook')}/rotate`, { overlap_hours: 0 })),
    'POST /webhooks/:id/replay': step(
      () => owner('POST', `/webhooks/${id('hook')}/replay`, { since: '2026-01-01T00:00:00Z' }),
      'jobs',
    ),
    'DELETE /webhooks/:id': settings(() => owner('DELETE', `/webhooks/${id('hook')}`)),
    'DELETE /tokens/:id': settings(() => owner('DELETE', `/tokens/${id('token')}`)),
    'PATCH /retention': step(() => owner('PATCH', '/retention', { event_days: 60 }), 'jobs', 'settings'),
    'POST /retention/run': step(() => owner('POST', '/retention/run'), 'jobs', 'settings'),
    'POST /erasures': step(() => owner('POST', '/erasures', { email: 'nobody@example.com' }), 'jobs', 'settings'),
    'PATCH /workspace': settings(() => owner('PATCH', '/workspace', { name: 'Renamed' })),
  };
}

function peopleSteps({ world, owner, id, keep, keepId }: WritingScene): Steps {
  return {
    'POST /first-steps/dismiss': settings(() => owner('POST', '/first-steps/dismiss')),
    'POST /members': step(
      async () => {
        await owner('POST', '/members', { name: 'Di', email: 'di@example.com', role: 'agent', password: PASSWORD });
        const reply = await keep(
          'member',
          owner('POST', '/members', { name: 'Mo', email: 'mo@example.com', role: 'agent' }),
        );
        keepId('secret', reply.body.invitation_url.split('/').at(-1));
        return reply;
      },
      'people',
      'settings',
    ),
    'PATCH /members/:id': step(
      () => owner('PATCH', `/members/${id('member')}`, { visibility: 'own' }),
      'people',
      'settings',
    ),
    'POST /invitations/:secret': step(
      () => newBrowser(world).ask('POST', `/invitations/${id('secret')}`, { name: 'Mo', password: PASSWORD }),
      'people',
      'settings',
    ),
    'DELETE /members/:id/sessions': settings(() => owner('DELETE', `/members/${id('member')}/sessions`)),
    'DELETE /members/:id/totp': step(() => owner('DELETE', `/members/${id('member')}/totp`), 'people', 'settings'),
    'POST /members/:id/replacement': step(
      () => owner('POST', `/members/${id('member')}/replacement`),
      'people',
      'settings',
    ),
    'PATCH /me': step(() => owner('PATCH', '/me', { name: 'Olive' }), 'people', 'settings'),
    'POST /me/totp/confirm': {
      before: async () => keepId('totp', (await owner('POST', '/me/totp', { password: PASSWORD })).body.secret),
      run: async () => owner('POST', '/me/totp/confirm', { code: await generate({ secret: id('totp') }) }),
      tells: ['people'],
    },
    'DELETE /me/totp': step(() => owner('DELETE', '/me/totp', { password: PASSWORD }), 'people'),
    'POST /me/password': settings(() =>
      owner('POST', '/me/password', { old_password: PASSWORD, new_password: `${PASSWORD} 2` }),
    ),
    'DELETE /me/sessions/:id': {
      before: async () => {
        await world.signIn(world.ownerId);
        const { data } = (await owner('GET', '/me/sessions')).body;
        keepId('session', data.find(({ current }: { current: boolean }) => !current).id);
      },
      run: () => owner('DELETE', `/me/sessions/${id('session')}`),
      tells: ['settings'],
    },
    'DELETE /session': settings(async () =>
      client(world, { cookie: await world.signIn(world.ownerId) })('DELETE', '/session'),
    ),
  };
}
