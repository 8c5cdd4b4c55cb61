import { afterEach, beforeAll, expect } from 'vitest';
import { openBrowser, type Screen } from '../browser.ts';
import { client, testWorld, type World } from '../world.ts';

const people = ['Dmitri Kowalska', 'Tom Menon', 'Rahul Novak', 'Anjali Petrova', 'Priya Rossi', 'Omar Haddad'];
const sources = ['Website form', 'Referral', 'Facebook Ads'];

/** Forty leads of two weeks, a manager who looks at them, and browsers that are closed after each test. */
export interface LeadScene {
  world: World;
  /** The manager's. */
  cookie: string;
  ask: ReturnType<typeof client>;
  visit: Awaited<ReturnType<typeof openBrowser>>['visit'];
  newLead(name: string, more?: object): Promise<string>;
}

/** Sets the scene before the first test of a file. */
export function leadScene(): LeadScene {
  const scene = {} as LeadScene;
  const screens: Screen[] = [];
  beforeAll(async () => {
    const world = await testWorld();
    const browser = await openBrowser(world);
    const ask = client(world, world.tokens.get('native'));
    Object.assign(scene, {
      world,
      ask,
      cookie: await world.signIn(await world.member({ name: 'Mona Manager', role: 'manager' })),
      visit: async (options) => {
        const screen = await browser.visit(options);
        screens.push(screen);
        return screen;
      },
      newLead: async (name, more) => (await ask('POST', '/leads', { name, ...more })).body.id,
    } satisfies LeadScene);
    await bringLeads(scene);
  }, 120_000);
  afterEach(async () => {
    for (const { context } of screens.splice(0)) await context.close();
  });
  return scene;
}

async function bringLeads({ world, ask }: LeadScene): Promise<void> {
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

/** The row of a lead. */
export const rowOf = ({ page }: Screen, name: string) => page.getByRole('row').filter({ hasText: name }).first();
/** Looks again until it is so. */
export const poll = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 10_000, interval: 100 });
