import { client, type World } from './world.ts';

/** A complete and valid person, as a partner of the dialler sends them. */
export const person = (more: object = {}) => ({
  first_name: 'Asha',
  surname: 'Rao',
  mobile: '07840258823',
  email: 'asha@example.com',
  type: 'Sales',
  ...more,
});

/** A partner that sends leads to the dialler's API. */
export function diallerPartner(world: World) {
  const ask = client(world, world.tokens.get('native'));
  /** The id of the newest submission. */
  const newest = async (): Promise<string> => (await ask('GET', '/submissions?limit=1')).body.data[0].id;
  return {
    ask,
    newest,
    /** Sends these fields. Returns the id of the stored submission. */
    async send(fields: object, key = world.tokens.get('dialler') ?? ''): Promise<string> {
      await world.app.inject({
        method: 'POST',
        url: `/lead/add?key=${key}`,
        headers: { 'content-type': 'application/json', 'user-agent': 'partner/1.0' },
        payload: JSON.stringify(fields),
      });
      return newest();
    },
  };
}
