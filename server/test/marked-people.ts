import { gzipSync } from 'node:zlib';
import type { InjectOptions } from 'fastify';
import { client, type World } from './world.ts';

/** A person whose every detail can be told apart from everybody else's. */
export interface Marked {
  first: string;
  last: string;
  name: string;
  email: string;
  /** In national form. */
  phone: string;
  /** A word for free texts. */
  word: string;
}

export function markedPerson(number: number): Marked {
  const letters = [...String(number).padStart(2, '0')].map((digit) => 'kqvxzjwbpm'[Number(digit)]).join('');
  const [first, last] = [`Zebu${letters}lon`, `Quark${letters}field`];
  return {
    first,
    last,
    name: `${first} ${last}`,
    email: `z.${letters}@mail-${letters}.example`,
    phone: `0784026${String(1000 + number)}`,
    word: `xylo${letters}phone`,
  };
}

/** The texts that must not be found once the person is erased. */
export function markersOf({ first, last, email, phone, word }: Marked): string[] {
  return [first, last, email, phone.slice(1), word].map((text) => text.toLowerCase());
}

type Door = (person: Marked) => Promise<unknown>;

/** All the ways in which something about a person gets stored. */
export async function openDoors(world: World): Promise<Readonly<Record<string, Door>>> {
  const owner = client(world, { cookie: await world.signIn(world.ownerId) });
  return { ...nativeDoors(world, owner), ...workDoors(world, owner), ...vendorDoors(world) };
}

type Ask = ReturnType<typeof client>;

function whole({ name, phone, email, word }: Marked) {
  return { name, phone, email, city: `${word}ton`, description: `About ${word}`, custom: { about: word } };
}

async function created(ask: Ask, person: Marked): Promise<string> {
  const { status, body, text } = await ask('POST', '/leads', whole(person));
  if (status > 201) throw new Error(text);
  return body.id;
}

/** The id of the newest refused request. */
async function refusedId({ query }: World): Promise<string> {
  const [row] = await query<{ id: string }>(
    "SELECT id FROM submissions WHERE outcome = 'refused' ORDER BY id DESC LIMIT 1",
  );
  return row?.id ?? '';
}

function nativeDoors(world: World, owner: Ask) {
  const ask = client(world, world.tokens.get('native'));
  const refuse = (person: Marked) => ask('POST', '/leads', { ...whole(person), status: 'None of these' });
  return {
    create: (person) => ask('POST', '/leads', { ...whole(person), note: `Note of ${person.word}`, call: {} }),
    change: async (person) => {
      const id = await created(ask, person);
      await ask('PATCH', `/leads/${id}`, { address: `1 ${person.word} Street`, other_phone: person.phone });
      await ask('PATCH', `/leads/${id}`, { address: null, email: null });
    },
    refused: refuse,
    test: (person) => ask('POST', '/leads', whole(person), { 'leadwell-test': 'true' }),
    repeat: (person) => ask('POST', '/leads', whole(person), { 'idempotency-key': person.word }),
    replay: async (person) => {
      await refuse(person);
      await owner('POST', `/submissions/${await refusedId(world)}/replay`, {
        body: JSON.stringify({ ...whole(person), description: `Corrected ${person.word}` }),
      });
    },
    replays: async (person) => {
      await refuse(person);
      const edits = [{ part: 'body', field: 'status', from: 'None of these', to: 'New' }];
      await owner('POST', '/submissions/replays', { ids: [await refusedId(world)], edits });
      await world.parts.jobs.runDue();
    },
    compressed: (person) =>
      world.app.inject({
        method: 'POST',
        url: '/v1/leads',
        headers: {
          authorization: `Bearer ${world.tokens.get('native')}`,
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        },
        payload: gzipSync(JSON.stringify(whole(person))),
      }),
    deleted: async (person) => {
      const id = await created(ask, person);
      await ask('POST', `/leads/${id}/notes`, { text: `Only ${person.word}` });
      await ask('DELETE', `/leads/${id}`);
    },
    listed: async (person) => {
      await created(ask, person);
      await world.app.inject({ url: '/api/crm/lead', headers: bearer(world, 'overplane') });
    },
  } satisfies Record<string, Door>;
}

function workDoors(world: World, owner: Ask) {
  return {
    work: async ({ ...person }) => {
      const lead = `/leads/${await created(owner, person)}`;
      const { name, word, phone, email } = person;
      await owner('POST', `${lead}/notes`, { text: `${name} said ${word}` });
      const { body: task } = await owner('POST', `${lead}/tasks`, { name: `Ring ${name}`, description: word });
      await owner('PATCH', `/tasks/${task.id}`, { name: `Ring ${phone}` });
      const { body: deal } = await owner('POST', `${lead}/deals`, {
        name: `${name}’s roof`,
        stage: 'Open',
        note: word,
      });
      await owner('PATCH', `/deals/${deal.id}`, { note: `${email} ${word}` });
      await owner('POST', `${lead}/call-log`, { outcome: `Spoke to ${name}`, note: word });
      await owner('POST', `${lead}/do-not-call`, { reason: `${word} asked` });
    },
    views: async (person) => {
      await created(owner, person);
      const q = new URLSearchParams({ q: person.phone, email: person.email });
      await owner('POST', '/views', { name: person.name, query: String(q), audience: 'all' });
    },
    bulk: async (person) => {
      const id = await created(owner, person);
      await owner('POST', '/leads/bulk', { ids: [id], change: { status: 'Lost' } });
      await owner('POST', '/leads/bulk', { ids: [id], change: { owner: world.ownerId } });
      await world.parts.jobs.runDue();
    },
    mentioned: async (person) => {
      await created(owner, person);
      const { body: other } = await owner('POST', '/leads', {
        name: 'Somebody Else',
        description: `Knows ${person.email}`,
      });
      await owner('POST', `/leads/${other.id}/notes`, { text: `Friend: ${person.phone}, ${person.email}.` });
      await owner('POST', `/leads/${other.id}/tasks`, { name: 'Thank', comment: `+44 ${person.phone.slice(1)}` });
      await owner('POST', '/tasks', { name: `Ring ${person.phone}` });
    },
    rules: async (person) => {
      await created(owner, person);
      await owner('POST', '/reading-rules', {
        dialect: 'dialler',
        field: 'type',
        value: person.email,
        meaning: 'Sales',
      });
    },
  } satisfies Record<string, Door>;
}

const bearer = (world: World, dialect: string) => ({ authorization: `Bearer ${world.tokens.get(dialect)}` });

function vendorDoors(world: World) {
  const send = async (url: string, payload?: object | string, headers: Record<string, string> = {}) => {
    const method: InjectOptions['method'] = payload === undefined ? 'GET' : 'POST';
    const reply = await world.app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
    if (reply.statusCode >= 500) throw new Error(reply.body);
    return reply;
  };
  const gl = (endpoint: string, fields: Record<string, string>) =>
    send(`/api/${endpoint}?${new URLSearchParams({ token: world.tokens.get('getlead') ?? '', ...fields })}`);
  const contact = ({ phone }: Marked) => ({ countrycode: '44', mobileno: phone, mobile: phone, mobile_no: phone });
  return {
    ...getleadDoors(gl, contact),
    ispcrm: ({ name, email, phone, word }) =>
      send('/api/v1/subscriber/CreateLead', { name, email, phone, address: word }, bearer(world, 'ispcrm')),
    dialler: async ({ first, last, email, phone, word }) => {
      const key = `key=${world.tokens.get('dialler')}`;
      const person = { first_name: first, surname: last, email, mobile: phone, type: 'Sales' };
      await send(`/lead/add?${key}`, { ...person, data: JSON.stringify({ word }) });
      await send(`/lead/add?${key}`, { ...person, type: 'None' });
      await send(`/lead/cancel?${key}`, { mobile: phone, type: 'Sales' });
    },
    overplane: async ({ first, last, email, phone, word }) => {
      const headers = bearer(world, 'overplane');
      const body = { first_name: first, last_name: last, email_id: email, mobile_no: phone, notes: word, city: word };
      const { id } = (await send('/api/crm/lead', body, headers)).json();
      await send(`/api/crm/lead/${id}`, undefined, headers);
      await world.app.inject({ method: 'DELETE', url: `/api/crm/lead/${id}`, headers });
    },
    crmcom: async ({ first, last, email, phone, word }) => {
      const token = world.tokens.get('crmcom');
      const url = '/crmapi/rest/v2/leads';
      const { data } = (
        await send(`${url}/create`, {
          token,
          importance: 'IMPORTANCE3',
          priority: '3',
          type_identifier: { name: 'Sales' },
          contact_email: email,
          contact_phone: `44${phone.slice(1)}`,
          contact_information: { type: 'PERSON', first_name: first, last_name: last, notes: word },
          description: word,
          udf_string_1: word,
          source: { type: 'WEBSITE', name: 'Home page' },
        })
      ).json();
      await send(`${url}/update`, { token, lead_identifier: { number: data?.number }, description: `Now ${word}` });
      await send(`${url}/show?token=${token}&lead_identifier=number%3D${data?.number}`);
      await send(`${url}/list?token=${token}&fields_set=description`);
    },
    escaped: ({ name, email, phone, word }) => {
      const hidden = [...email].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
      const digits = [...phone].map((digit) => String.fromCharCode(0x660 + Number(digit))).join('');
      const body = `{"name":"${name}","email":"${hidden}","phone":"${digits}","status":"None","x":"${Buffer.from(word).toString('base64')}"}`;
      return send('/v1/leads', body, { ...bearer(world, 'native'), 'content-type': 'application/json' });
    },
  } satisfies Record<string, Door>;
}

function getleadDoors(
  gl: (endpoint: string, fields: Record<string, string>) => Promise<unknown>,
  contact: (person: Marked) => Record<string, string>,
) {
  return {
    getlead: async (person) => {
      const { name, email, word } = person;
      await gl('gl-website-contacts', { ...contact(person), name, email, source: 'Fair', [`about`]: word });
      await gl('gl-note-creation-api', { ...contact(person), note: word });
      await gl('gl-status-change-api', { ...contact(person), status: 'Hot' });
      await gl('get-lead-status', contact(person));
      await gl('gl-task-creation-api', { ...contact(person), name: `Ring ${name}`, description: word });
      await gl('gl-deal-creation-api', { ...contact(person), deal_name: word, status: 'Open' });
    },
    taskOfUnknown: (person) =>
      gl('gl-task-creation-api', { ...contact(person), name: `Ring ${person.name}`, comment: person.word }),
    getleadRefused: (person) =>
      gl('gl-website-contacts', { ...contact(person), name: person.name, email: person.email, city: person.word }),
    numberOfDepartment: (person) =>
      gl('gl-department-vise-agent-assign', { SourceNumber: person.phone, department: 'Sales' }),
  } satisfies Record<string, Door>;
}
