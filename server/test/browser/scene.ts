import { afterEach, expect } from 'vitest';
import { openBrowser, type Screen } from '../browser.ts';
import { client, testWorld, type World } from '../world.ts';

/** A world, somebody who is signed in to it, and browsers that are closed after each test. */
export interface BatchState {
  world: World;
  /** Of the one who is signed in. */
  cookie: string;
  /** A client with a token that may everything. */
  ask: ReturnType<typeof client>;
  visit: Awaited<ReturnType<typeof openBrowser>>['visit'];
}

/** How long a page is waited for, in ms: less than a test has, so that it is said what did not come. */
const PATIENCE = 10_000;

/** Sets the scene of a test file, at its top. */
export async function loadBatchState(who: Parameters<World['member']>[0]): Promise<BatchState> {
  const world = await testWorld();
  const browser = await openBrowser(world);
  const screens: Screen[] = [];
  afterEach(async () => {
    for (const { context } of screens.splice(0)) await context.close();
  });
  return {
    world,
    cookie: await world.signIn(await world.member(who)),
    ask: client(world, world.tokens.get('native')),
    visit: async (options) => {
      const screen = await browser.visit(options);
      screen.page.setDefaultTimeout(PATIENCE);
      screens.push(screen);
      return screen;
    },
  };
}

/** Looks again until it is so. */
export const poll = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 10_000, interval: 100 });
