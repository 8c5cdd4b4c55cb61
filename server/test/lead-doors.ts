import type { InjectOptions } from 'fastify';
import { client, type Reply, type World } from './world.ts';

/** What the various APIs need to identify a lead. */
export interface Target {
  id: string;
  number: number;
  phone: string;
}

type Change = (lead: Target, to: { status: string; lost_reason?: string }) => Promise<{ status: number; text: string }>;

/** All ways to give a lead another status, through each API that can. */
export async function openStatusDoors(world: World) {
  const { ask, member, injected, bulk, tokens, removal } = await openApis(world);
  await addOutcomes(ask);
  const patch: Change = ({ id }, to) => ask('PATCH', `/leads/${id}`, to);
  const board: Change = async ({ id }, to) => {
    const { version } = (await member('GET', `/leads/${id}`)).body;
    return member('PATCH', `/leads/${id}`, to, { 'if-match': `"${version}"` });
  };
  const call: Change = ({ id }, { status, ...more }) =>
    member('POST', `/leads/${id}/call-log`, { outcome_id: `Then ${status}`, ...more });
  const arrival: Change = ({ phone }, to) => tokens.overwriting('POST', '/leads', { phone, ...to });
  const undo: Change = async (lead, to) => {
    await patch(lead, to);
    const job = await bulk([lead.id], { change: { status: 'Hot' } });
    return member('POST', `/jobs/${job.body.id}/undo`).then(async (reply) => {
      await world.parts.jobs.runDue();
      return reply;
    });
  };
  const getlead: Change = ({ phone }, { status }) =>
    injected('POST', `/api/gl-status-change-api?token=${tokens.getlead}`, {
      countrycode: '44',
      mobile_no: phone,
      status,
    });
  const overplane: Change = ({ id }, { status }) =>
    injected('PATCH', `/api/crm/lead/${id}`, { status }, { authorization: `Bearer ${tokens.overplane}` });
  const crmcom: Change = ({ number }, { status, lost_reason }) =>
    injected('POST', '/crmapi/rest/v2/leads/update', {
      token: tokens.crmcom,
      lead_identifier: { number: String(number) },
      status_identifier: { name: status },
      ...(lost_reason && { lost_reason_identifier: { name: lost_reason } }),
    });
  return {
    patch,
    board,
    bulk: (lead, to) => bulk([lead.id], { change: to }),
    undo,
    call,
    arrival,
    getlead,
    overplane,
    crmcom,
    removal,
  } satisfies Record<string, Change>;
}

/** The ways to change something else about a lead, or with an effect that depends on the lead. */
export async function openOtherDoors(world: World) {
  const { ask, member, injected, bulk, tokens } = await openApis(world);
  return {
    edit: ({ id }: Target, values: object) => ask('PATCH', `/leads/${id}`, values),
    fill: ({ phone }: Target, values: object) => tokens.filling('POST', '/leads', { phone, ...values }),
    overwrite: ({ phone }: Target, values: object) => tokens.overwriting('POST', '/leads', { phone, ...values }),
    attach: ({ phone }: Target, values: object) => tokens.attaching('POST', '/leads', { phone, ...values }),
    owner: ({ id }: Target, owner: string | null) => bulk([id], { change: { owner } }),
    reopen: ({ id }: Target) => member('POST', `/leads/${id}/reopen`),
    stopCalling: ({ id }: Target) => member('POST', `/leads/${id}/do-not-call`, {}),
    allowCalling: ({ id }: Target) => ask('DELETE', `/leads/${id}/do-not-call`),
    planCall: ({ phone }: Target) => tokens.filling('POST', '/leads', { phone, type: 'Sales', call: {} }),
    planCallOnly: ({ phone }: Target) => tokens.attaching('POST', '/leads', { phone, type: 'Sales', call: {} }),
    takeBack: ({ phone }: Target) =>
      injected('POST', `/lead/cancel?key=${world.tokens.get('dialler')}`, {
        mobile: `0${phone.slice(3)}`,
        type: 'Sales',
      }),
    department: ({ phone }: Target, department: string) =>
      injected('POST', `/api/gl-department-vise-agent-assign/${tokens.getlead}`, { SourceNumber: phone, department }),
  };
}

async function openApis(world: World) {
  const ask = client(world, world.tokens.get('native'));
  const member = client(world, { cookie: await world.signIn(world.ownerId) });
  const injected = async (
    method: NonNullable<InjectOptions['method']>,
    url: string,
    payload: object,
    headers: Record<string, string> = {},
  ) => {
    const { statusCode: status, body: text } = await world.app.inject({ method, url, payload, headers });
    return { status, text };
  };
  const bulk = async (ids: string[], action: object): Promise<Reply> => {
    const reply = await member('POST', '/leads/bulk', { ids, ...action });
    await world.parts.jobs.runDue();
    return reply;
  };
  const asks = async (settings: Parameters<World['token']>[1]) => client(world, await world.token('native', settings));
  return {
    ask,
    member,
    injected,
    bulk,
    removal: removalOf(ask),
    tokens: {
      getlead: world.tokens.get('getlead'),
      crmcom: world.tokens.get('crmcom'),
      overplane: world.tokens.get('overplane'),
      filling: await asks({ policy: 'merge', merge_style: 'fill' }),
      overwriting: await asks({ policy: 'merge', merge_style: 'overwrite' }),
      attaching: await asks({ policy: 'attach' }),
    },
  };
}

/** Moves the lead to a copy of its status, then deletes the copy, which moves the lead to the given status. */
function removalOf(ask: ReturnType<typeof client>): Change {
  return async ({ id }, { status }) => {
    const { lifecycle_state: state, lost_reason } = (await ask('GET', `/leads/${id}`)).body;
    const copy = (await ask('POST', '/statuses', { name: `Copy ${id}`, state })).body;
    const moved = await ask('PATCH', `/leads/${id}`, { status: copy.id, ...(lost_reason && { lost_reason }) });
    const to = (await ask('GET', '/statuses')).body.data.find(({ name }: { name: string }) => name === status);
    const removed = await ask('DELETE', `/statuses/${copy.id}?move_to=${to.id}`);
    return moved.status === 200 ? removed : moved;
  };
}

/** For every status, adds a call outcome that moves a lead to it. */
async function addOutcomes(ask: ReturnType<typeof client>): Promise<void> {
  for (const { id, name } of (await ask('GET', '/statuses')).body.data)
    await ask('POST', '/call-outcomes', { name: `Then ${name}`, meaning: 'done', reached: true, status_id: id });
}
