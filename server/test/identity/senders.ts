import { client, type World } from '../world.ts';

/** Sends leads as the clients of five vendors and our own API do, and reads the results. */
export async function senders(world: World) {
  const token = (dialect: string) => world.tokens.get(dialect) ?? '';
  const ask = client(world, world.tokens.get('native'));
  const post = async (url: string, payload: object, bearer?: string) => {
    const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
    const { statusCode: status, body: text } = await world.app.inject({ method: 'POST', url, payload, headers });
    return { status, text };
  };
  let people = 0;
  const email = () => {
    people += 1;
    return `person${people}@shop.example`;
  };
  return {
    ask,
    /** An e-mail address that nobody has used yet. */
    email,
    isp: (phone: unknown, more: object = {}) =>
      post('/api/v1/subscriber/CreateLead', { name: 'Ann Lee', email: email(), phone, ...more }, token('ispcrm')),
    getlead: (fields: Record<string, string>, api = 'gl-website-contacts') =>
      post(`/api/${api}?${new URLSearchParams({ token: token('getlead'), source: 'Fair', ...fields })}`, {}),
    dialler: (mobile: unknown, more: object = {}, action = 'add') =>
      post(`/lead/${action}?key=${token('dialler')}`, {
        ...{ email: email(), first_name: 'Ann', surname: 'Lee', mobile, type: 'Sales' },
        ...more,
      }),
    overplane: (fields: object) => post('/api/crm/lead', fields, token('overplane')),
    crmcom: (fields: object) =>
      post('/crmapi/rest/v2/leads/create', {
        ...{ token: token('crmcom'), importance: 'IMPORTANCE3', priority: '3', type_identifier: { name: 'Sales' } },
        ...{ source: { type: 'WEBSITE', name: 'Home page' }, ...fields },
      }),
    /** The newest lead. */
    async newest() {
      return (await ask('GET', '/leads?limit=1')).body.data[0];
    },
    async count(): Promise<number> {
      return Number((await world.query<{ n: string }>('SELECT count(*) AS n FROM leads'))[0]?.n);
    },
    async reasonOf(id: string): Promise<string> {
      return (await ask('GET', `/leads/${id}/activities`)).body.data[0].reason;
    },
    async duplicatesOf(id: string): Promise<string[]> {
      const { data } = (await ask('GET', `/leads/${id}/possible-duplicates`)).body;
      return data.map(({ lead }: { lead: { id: string } }) => lead.id);
    },
  };
}
