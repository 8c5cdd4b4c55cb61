import type { Screen } from '../browser.ts';
import { openScene, type Scene } from './scene.ts';

const people = ['Dmitri Kowalska', 'Tom Menon', 'Rahul Novak', 'Anjali Petrova', 'Priya Rossi', 'Omar Haddad'];
const sources = ['Website form', 'Referral', 'Facebook Ads'];

/** A scene with forty leads from two weeks, and a manager who looks at them. */
export interface LeadScene extends Scene {
  newLead(name: string, more?: object): Promise<string>;
}

/** Prepares the scene; call it at the top of a file. */
export async function leadScene(): Promise<LeadScene> {
  const scene = await openScene({ name: 'Mona Manager', role: 'manager' });
  await bringLeads(scene);
  return {
    ...scene,
    newLead: async (name, more) => (await scene.ask('POST', '/leads', { name, ...more })).body.id,
  };
}

async function bringLeads({ world, ask }: Scene): Promise<void> {
  const now = Date.now();
  for (let at = 0; at < 40; at += 1) {
    world.setClock(new Date(now - (39 - at) * 8 * 3_600_000));
    await ask('POST', '/leads', {
      name: `${people[at % 6]} ${at}`,
      company_name: at % 4 === 0 ? null : 'Harbour Clinics',
      phone: at % 5 === 0 ? null : `07700 9001${String(at).padStart(2, '0')}`,
      source: sources[at % 3],
      status: ['New', 'Qualified', 'Won'][at % 3],
      custom: { Colour: at % 2 === 0 ? 'Red' : 'Blue', Size: String(at) },
    });
  }
  world.setClock(undefined);
}

/** The table row of a lead. */
export const rowOf = ({ page }: Screen, name: string) => page.getByRole('row').filter({ hasText: name }).first();
